/**
 * The gateway's protocol without I/O: operations, requests and replies, text segmentation and cost.
 *
 * @example
 * ```ts
 * import { fromReply, send, toRequest, type Transport } from '@smsc/protocol';
 *
 * // Sends a message over any transport.
 * async function sendOver(transport: Transport) {
 *   const request = toRequest(send, { to: '380501234567', text: 'Ваш код: 4821' }, { apiKey });
 *   return fromReply(send, await transport.send(request));
 * }
 * ```
 */
export { type Balance, balance, type BalanceInput } from './operations/balance.ts';
export { type Kind, type ListKind, type SendInputOf, type SendListInputOf } from './operations/kinds.ts';
export {
  cost,
  type CostInput,
  type Quote,
  type RecipientReport,
  send,
  type SendInput,
  type Sent,
} from './operations/send.ts';
export { costList, type CostListInput, sendList, type SendListInput } from './operations/send-list.ts';
export { status, type Status, type StatusInput } from './operations/status.ts';
export { type CallWithCode, callWithCode, type CallWithCodeInput } from './operations/call-with-code.ts';
export { addToBlackList, type BlackListInput, removeFromBlackList } from './operations/black-list.ts';
export {
  addContactGroup,
  type AddContactGroupInput,
  addToGroup,
  changeContactGroup,
  type ChangeContactGroupInput,
  type ContactGroup,
  contactGroups,
  type ContactsOfGroupInput,
  moveToGroup,
  removeContactGroup,
  type RemoveContactGroupInput,
  removeFromGroup,
} from './operations/contact-groups.ts';
export {
  addContact,
  type AddContactInput,
  changeContact,
  type ChangeContactInput,
  type Contact,
  type ContactFields,
  type ContactKey,
  contacts,
  type ContactsInput,
  removeContact,
} from './operations/contacts.ts';
export { deleteMessage } from './operations/delete-message.ts';
export {
  completionCertificate,
  type CompletionCertificateInput,
  createInvoice,
  type CreateInvoiceInput,
  type DocumentOwner,
  invoice,
  type InvoiceInput,
} from './operations/documents.ts';
export {
  type Download,
  downloadFile,
  type DownloadFileInput,
  downloads,
  type DownloadsInput,
} from './operations/downloads.ts';
export { history, type HistoryInput, type HistoryMessage } from './operations/history.ts';
export { type HlrStatus, hlrStatus } from './operations/hlr-status.ts';
export { incoming, type IncomingInput, type IncomingMessage } from './operations/incoming.ts';
export type { CreateJobInput, JobOptions, JobRepeat } from './operations/job-fields.ts';
export {
  cancelJob,
  type CreatedJob,
  createJob,
  type Job,
  job,
  jobAdvice,
  type JobInput,
  type JobKey,
  jobs,
  type JobsInput,
  removeJob,
} from './operations/jobs.ts';
export { megafonAccounts, type MegafonAccountsInput } from './operations/megafon-accounts.ts';
export {
  type MessageData,
  messageData,
  type MessageDataWithOperator,
  messageDataWithOperator,
} from './operations/message-data.ts';
export {
  operatorAdvice,
  type OperatorOf,
  operatorOf,
  type OperatorOfInput,
  type OperatorOfMany,
  operatorsOf,
  type OperatorsOfInput,
} from './operations/operator-of.ts';
export {
  addOperatorTemplate,
  type AddOperatorTemplateInput,
  type OperatorTemplate,
  operatorTemplateAdvice,
  operatorTemplates,
  type OperatorTemplatesInput,
  type OperatorTraffic,
} from './operations/operator-templates.ts';
export {
  type PortedNumber,
  portedNumbers,
  portedNumbersFile,
  type PortedNumbersInput,
} from './operations/ported-numbers.ts';
export { type Prices, prices, type PriceZone } from './operations/prices.ts';
export {
  changeRent,
  type ChangeRentInput,
  type RentableNumber,
  rentableNumbers,
  rentalAdvice,
  rentNumber,
  type RentNumberInput,
} from './operations/rented-numbers.ts';
export { reportEvent, type ReportEventInput } from './operations/report-event.ts';
export {
  addSenderName,
  type AddSenderNameInput,
  changeSenderName,
  type ChangeSenderNameInput,
  checkSenderCode,
  type CheckSenderCodeInput,
  removeSenderName,
  type SenderCodeInput,
  type SenderName,
  senderNameAdvice,
  type SenderNameFields,
  type SenderNameKey,
  senderNames,
  type SenderNamesInput,
  type SenderRegistration,
  sendSenderCode,
} from './operations/sender-names.ts';
export { type ShortLink, shortLink, shortLinkAdvice, type ShortLinkInput } from './operations/short-link.ts';
export { statistics, type StatisticsInput, type StatisticsRow } from './operations/statistics.ts';
export { type StatusOfMany, statuses, type StatusesInput } from './operations/statuses.ts';
export type {
  EmailToSms,
  SubAccountLimits,
  SubAccountSettings,
  SubAccountSwitch,
} from './operations/sub-account-fields.ts';
export {
  addSubAccount,
  type AddSubAccountInput,
  changeSubAccount,
  type ChangeSubAccountInput,
  paySubAccount,
  type PaySubAccountInput,
  subAccountAdvice,
  type SubAccountPayment,
  subAccountStatistics,
  subAccountStatisticsInDetail,
  type SubAccountStatisticsInput,
} from './operations/sub-accounts.ts';
export {
  addTemplate,
  type AddTemplateInput,
  changeTemplate,
  type ChangeTemplateInput,
  removeTemplate,
  type RemoveTemplateInput,
  type Template,
  templateAdvice,
  type TemplateKind,
  templates,
} from './operations/templates.ts';
export {
  type AwaitedCall,
  waitForCall,
  waitForCallAdvice,
  type WaitForCallInput,
} from './operations/wait-for-call.ts';
export { type CallOperation, collect, iterateHistory, iterateIncoming } from './operations/paging.ts';
export { parsePortedNumbers, type PortedLine } from './replies/ported-file.ts';
export {
  parseVoiceMenu,
  renderVoiceMenu,
  type VoiceMenu,
  type VoiceMenuAction,
  type VoiceMenuItem,
  type VoiceMenuItems,
  type VoiceMenuKey,
} from './content/voice-menu.ts';
export type { Created, Done, GatewayFile, Acknowledged } from './core/read.ts';
export type { Addresses } from './params/address.ts';
export type { Day } from './params/day.ts';
export type { RecordId } from './params/record.ts';
export type { ListMessage, LineBreaks } from './params/list.ts';
export type { Octets, Scheme } from './params/binary.ts';
export type { Recipient, Recipients } from './params/recipients.ts';
export type { Report } from './operations/message-members.ts';
export type { Pacing } from './params/pacing.ts';
export type { Instant, SendTime } from './params/time.ts';
export type { Validity } from './params/validity.ts';
export type { Visitor } from './params/visitor.ts';
export type { Dialing, Voice, VoiceName } from './params/voice.ts';
export type { Credentials } from './exchange/credentials.ts';
export {
  GatewayError,
  InputError,
  type Issue,
  ReplyError,
  type SmscError,
  TransportError,
} from './core/errors.ts';
export type { Alphabet, NationalLanguage, NationalTables, NationalShifts } from './segments/alphabet.ts';
export {
  type Encoding,
  measure,
  type Measurement,
  type Part,
  segment,
  type Segmentation,
  type SegmentOptions,
} from './segments/segment.ts';
export type { Assumption, AssumptionName } from './cost/assumptions.ts';
export type { GroupMembers } from './cost/routing.ts';
export { type DestinationCost, estimate, type Estimate } from './cost/estimate.ts';
export type { EstimateOptions } from './cost/estimate-options.ts';
export type { KindPrices, PriceRow, PriceTable } from './cost/price-table.ts';
export { type CsvPricesOptions, pricesFromCsv } from './cost/prices-from-csv.ts';
export { pricesFromJson } from './cost/prices-from-json.ts';
export { pricesFromReply, type ReplyPricesOptions } from './cost/prices-from-reply.ts';
export type { CostExplanationKind, CostExplanation } from './cost/explanation.ts';
export type { RecipientCost } from './cost/recipient-costs.ts';
export { reconcile, type Reconciliation } from './cost/reconcile.ts';
export type { AssumedValue } from './cost/message-size.ts';
export {
  estimateStream,
  type RunningEstimate,
  type EstimateStreamOptions,
  type EstimateStreamRow,
} from './cost/estimate-stream.ts';
export type { UnpricedRecipient, UnpricedReason } from './cost/unpriced.ts';
export { compareAmounts, multiplyAmount, sumAmounts } from './core/money.ts';
export { type Simplification, simplifications } from './segments/advice/simplifications.ts';
export {
  explain,
  type ExpensiveCharacter,
  type SimplifiedText,
  type TextExplanation,
} from './segments/advice/explain.ts';
export { packHeader, unpackHeader } from './segments/packing/header.ts';
export type {
  Concatenation,
  HeaderElement,
  Ports,
  UserDataHeader,
} from './segments/packing/user-data-header.ts';
export { national } from './segments/national/national.ts';
export { nationalAlphabet } from './segments/national/national-alphabet.ts';
export { pack } from './segments/packing/pack.ts';
export { packParts, type PackPartsOptions } from './segments/packing/pack-parts.ts';
export type { Positions } from './segments/positions.ts';
export type { SeptetTable } from './segments/septets.ts';
export { simplify } from './segments/advice/simplify.ts';
export {
  transliterate,
  type TranslitBounds,
  translitBounds,
  transliterationTables,
  type TranslitTable,
} from './segments/advice/translit.ts';
export { truncate } from './segments/truncate.ts';
export { unpack } from './segments/packing/unpack.ts';
export type {
  PackedUserData,
  ShiftIdentifiers,
  UserData,
  UserDataOptions,
} from './segments/packing/user-data.ts';
export type { Warning, WarningKind } from './segments/advice/warnings.ts';
export { serviceIndication, type ServiceIndication } from './content/service-indication.ts';
export { hosts } from './tables/hosts.ts';
export {
  type Advice,
  type AdviceTable,
  commonAdvice,
  contactAdvice,
  dataAdvice,
  sendAdvice,
  statusAdvice,
} from './tables/advice.ts';
export { deliveryErrors } from './tables/delivery-errors.ts';
export { type Fault, faultOf } from './tables/faults.ts';
export { messageTypes } from './tables/message-types.ts';
export { deliveryErrorNames, type NameLanguage, type Names, stateNames } from './tables/names.ts';
export { states } from './tables/states.ts';

export type { Charset, UnencodableCharacter } from './charsets/charset.ts';
export { koi8r } from './charsets/koi8-r.ts';
export { encode } from './charsets/encode.ts';
export type { UnencodableError } from './charsets/percent.ts';
export { replaceUnencodable } from './charsets/replace-unencodable.ts';
export { utf8 } from './charsets/utf-8.ts';
export { windows1251 } from './charsets/windows-1251.ts';
export { toForm } from './exchange/form.ts';
export type { ReplyFormat, ReplyLayout } from './replies/format.ts';
export { csvFormat } from './replies/csv.ts';
export { jsonFormat } from './replies/json.ts';
export { textFormat } from './replies/text.ts';
export type { Json, JsonObject } from './exchange/json.ts';
export type { Effect, Fields, Operation } from './core/operation.ts';
export { fromReply } from './exchange/reply.ts';
export type { ReplyOptions } from './exchange/reading.ts';
export { check, type RequestOptions, toRequest } from './exchange/request.ts';
export type { Phase } from './core/errors.ts';
export type { ErrorTable } from './tables/errors.ts';
export type {
  Attachment,
  BlobLike,
  CharsetName,
  Params,
  ParamValue,
  Transport,
  WireBody,
  WireReply,
  WireRequest,
} from './exchange/wire.ts';
