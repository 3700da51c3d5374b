import { asIs } from '../format/as-is.ts';
import { as, data, scheme, udh } from '../format/binary.ts';
import { bot } from '../format/bot.ts';
import { choice } from '../format/choice.ts';
import { files } from '../format/files.ts';
import { flag } from '../format/flag.ts';
import { id } from '../format/id.ts';
import { lineBreaks, messages } from '../format/list.ts';
import { comment, text } from '../format/message.ts';
import { whole } from '../format/number.ts';
import { recipients } from '../format/recipients.ts';
import { sender } from '../format/sender.ts';
import { spread } from '../format/spread.ts';
import { checkWebAddress, line } from '../format/text.ts';
import { time } from '../format/time.ts';
import { validity } from '../format/validity.ts';
import { visitor } from '../format/visitor.ts';
import { dialing, voice } from '../format/voice.ts';
import { title, url } from '../format/wap-push.ts';
import type { Field } from '../fields.ts';
import type { Fields } from '../operation.ts';
import { kind, type Kind } from './kinds.ts';
import type { ListFields, SendFields } from './message-members.ts';

/** The fields of everything that is sent, alone or as a list. */
const shared = {
  kind,
  id,
  sender,
  sendAt: time,
  spread,
  validFor: validity,
  translit: /* @__PURE__ */ whole('translit', 1, 2) as Field<1 | 2>,
  shortenLinks: /* @__PURE__ */ flag('tinyurl'),
  maxParts: /* @__PURE__ */ whole('maxsms', 1, 255),
  fileUrl: /* @__PURE__ */ asIs<string>('fileurl', checkWebAddress),
  voice,
  dialing,
  bot,
  visitor,
  reconfirmAfterDays: /* @__PURE__ */ whole('smsreq', 10, 999, ' days'),
  partnerId: /* @__PURE__ */ whole('pp', 1, 2147483647),
  report: /* @__PURE__ */ choice<'cost' | 'balance'>('cost', { cost: 2, balance: 3 }),
  perRecipient: /* @__PURE__ */ flag('op'),
  listErrors: /* @__PURE__ */ flag('err'),
};

type SingleTable = Fields<SendFields & { kind: Kind }>;
type ListTable = Fields<ListFields & Omit<SendFields, 'to' | 'text' | 'comment' | 'files' | 'subject' | 'data' | 'udh' | 'scheme' | 'as' | 'url' | 'title'> & { kind: Kind }>;

/** The fields of one text to many. */
export const singleFields: SingleTable = /* @__PURE__ */ Object.assign(
  {
    to: recipients,
    text,
    comment,
    subject: /* @__PURE__ */ line('subj'),
    files,
    data,
    udh,
    scheme,
    as,
    url,
    title,
  },
  shared,
);

/** The fields of a list. */
export const listFields: ListTable = /* @__PURE__ */ Object.assign({ messages, lineBreaks }, shared);
