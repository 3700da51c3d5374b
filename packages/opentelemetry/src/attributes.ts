import type { Attributes } from '@opentelemetry/api';
import type { AttemptInfo, CallInfo, CallSummary } from '@smsc/client';

/** What `error.type` can say of an error that is one of ours. A transport error says what ended it. */
const errorTypes = [
  'network',
  'aborted',
  'timeout',
  'too-large',
  'held-back',
  'gateway',
  'unreadable-reply',
  'invalid-input',
];

/** OpenTelemetry's own word for an error that has no name. */
const other = '_OTHER';

/**
 * What went wrong, as one of a few words. An error can be a foreign transport's, and its members anything, a secret
 * included: what is none of these words is not shown.
 */
function errorType({ outcome, error }: CallSummary): string | undefined {
  if (outcome === 'accepted' || outcome === 'done') return undefined;
  const word = error?.kind === 'transport' ? error.reason : error?.kind;
  return errorTypes.find((each) => each === word) ?? other;
}

/** `https://smsc.ua` or `smsc.ua` as a name and, if it is not that of its scheme, a port. */
function server(host: string | undefined): Attributes {
  if (host === undefined) return {};
  const written = host.includes('://') ? host : `https://${host}`;
  if (!URL.canParse(written)) return {};
  const { hostname, port } = new URL(written);
  return port === ''
    ? { 'server.address': hostname }
    : { 'server.address': hostname, 'server.port': Number(port) };
}

/** What a call is known by, in metrics and in spans. */
export const ofCall = ({ operation, effect }: CallInfo): Attributes => ({
  'smsc.operation': operation,
  'smsc.effect': effect,
});

/** What an attempt is known by. Its number is left to the span: in a metric, each would be a series of its own. */
export const ofAttempt = (info: AttemptInfo): Attributes => ({ ...ofCall(info), ...server(info.host) });

/** How it ended. `undefined`: something threw, and nobody said. */
export function ofEnd(ended: CallSummary | undefined): Attributes {
  if (!ended) return { 'error.type': other };
  const attributes: Attributes = { 'smsc.outcome': ended.outcome };
  if (typeof ended.code === 'number') attributes['smsc.error.code'] = ended.code;
  const type = errorType(ended);
  if (type !== undefined) attributes['error.type'] = type;
  return attributes;
}
