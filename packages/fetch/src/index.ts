export { createSmsc, type SmscOptions } from './smsc.ts';
export { type FetchInit, type FetchLike, fetchTransport, type FetchTransportOptions } from './transport.ts';
export type { ResponseLike } from './body.ts';

export {
  type AttemptInfo, type CallInfo, type CallOptions, type CallResult, type CallSummary, type Accepted, type Client, type Clock, type Found, type Interceptor, type Journal, type JournalRecord, type Layer, logging, type LoggingOptions,
  type LogLine, memoryJournal, type NotSent, type OpenSend, type Outcome, OutcomeError, type Planned, type Recovered, recipientThrottle, type RecipientThrottle,
  type RecipientThrottleOptions, redact, type Rejected, type Settled, type SettleOptions, systemClock, type Unknown, unwrap,
} from '@smsc/client';
export type { AttemptOptions, Smsc, TransportOptions } from '@smsc/client/adapter';
export {
  type Advice, adviceOn, type Attachment, type Balance, balance, type BalanceInput, type Charset, check, collect, compareAmounts, type Assumption, cost, type CostInput, costList, type CostListInput,
  type Credentials, csvFormat, deliveryErrors, eachOfHistory, eachOfIncoming, type Effect, estimate, type Estimate, type EstimateOptions, type Explanation, explain,
  GatewayError, history, type HistoryInput, type HistoryMessage, type HlrStatus, hlrStatus, hosts, incoming, type IncomingInput, type IncomingMessage, InputError, type Issue, type JsonObject, jsonFormat, type Kind, koi8r, type ListMessage,
  measure, type Measure, messageTypes, type Operation, type Part, type Phase, pricesFromCsv, pricesFromJson, pricesFromReply, type PriceTable, type Quote, type Recipient, type RecipientReport,
  type Recipients, ReplyError, type ReplyFormat, segment, type Segmentation, type SegmentOptions, send, type SendInput, type SendInputOf, sendList, type SendListInput, type SendTime, type Sent, simplify, type SmscError, states, type Status, status,
  statuses, type StatusesInput, type StatusInput, type StatusOfMany, textFormat, TransportError, type Transport, truncate, type TextExplanation, utf8, type Validity, type Visitor, type WireReply, type WireRequest, windows1251,
} from '@smsc/protocol';
