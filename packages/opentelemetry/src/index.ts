/**
 * OpenTelemetry spans and metrics of calls and attempts.
 *
 * @example
 * ```ts
 * import { createSmsc } from '@smsc/fetch';
 * import { telemetry } from '@smsc/opentelemetry';
 *
 * const smsc = createSmsc({ apiKey, interceptors: [telemetry()] });
 * ```
 */
export { telemetry, type TelemetryOptions } from './telemetry.ts';
