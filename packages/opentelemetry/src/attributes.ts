import type { Attributes } from '@opentelemetry/api';
import type { AttemptInfo, CallInfo, CallSummary } from '@smsc/client';

/** Values of `error.type` for our own errors. A transport error is named by its reason. */
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

/** OpenTelemetry's value of `error.type` for any other error. */
const otherError = '_OTHER';

/**
 * Returns the `error.type` of a call that failed. A custom transport may put anything into an error's members, a secret
 * included, so only known values are shown.
 */
function errorType({ outcome, error }: CallSummary): string | undefined {
  if (outcome === 'accepted' || outcome === 'done') return undefined;
  const type = error?.kind === 'transport' ? error.reason : error?.kind;
  return errorTypes.find((known) => known === type) ?? otherError;
}

/** Returns the attributes of a host such as `https://smsc.ua` or `smsc.ua`: its name, and its port if it is not the default. */
function serverAttributes(host: string | undefined): Attributes {
  if (host === undefined) return {};
  const url = host.includes('://') ? host : `https://${host}`;
  if (!URL.canParse(url)) return {};
  const { hostname, port } = new URL(url);
  return port === ''
    ? { 'server.address': hostname }
    : { 'server.address': hostname, 'server.port': Number(port) };
}

/** Returns the attributes of a call, for metrics and spans. */
export const callAttributes = ({ operation, effect }: CallInfo): Attributes => ({
  'smsc.operation': operation,
  'smsc.effect': effect,
});

/**
 * Returns the attributes of an attempt. The attempt number is not included: in metrics, each number would create a
 * separate series.
 */
export const attemptAttributes = (info: AttemptInfo): Attributes => ({
  ...callAttributes(info),
  ...serverAttributes(info.host),
});

/** Returns the attributes of the end of a call or attempt. Without a summary, `next` threw an error. */
export function summaryAttributes(summary: CallSummary | undefined): Attributes {
  if (!summary) return { 'error.type': otherError };
  const attributes: Attributes = { 'smsc.outcome': summary.outcome };
  if (typeof summary.code === 'number') attributes['smsc.error.code'] = summary.code;
  const type = errorType(summary);
  if (type !== undefined) attributes['error.type'] = type;
  return attributes;
}
