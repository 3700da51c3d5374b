import type { Case } from './case.ts';
import { cancellationCases } from './cases/cancellation.ts';
import { connectionReuseCases } from './cases/connection-reuse.ts';
import { connectionCases } from './cases/connections.ts';
import { messageCases } from './cases/messages.ts';
import { redirectCases } from './cases/redirects.ts';
import { resendCases } from './cases/resends.ts';
import { contentCases, framingCases } from './cases/responses.ts';
import { staleResponseCases } from './cases/stale-responses.ts';
import { timeoutCases } from './cases/timeouts.ts';

/** All cases of the transport contract. */
export const cases: readonly Case[] = [
  ...messageCases,
  ...connectionCases,
  ...timeoutCases,
  ...framingCases,
  ...redirectCases,
  ...contentCases,
  ...cancellationCases,
  ...connectionReuseCases,
  ...staleResponseCases,
  ...resendCases,
];
