import { asIs } from '../params/as-is.ts';
import { data, encoding, scheme, udh } from '../params/binary.ts';
import { bot } from '../params/bot.ts';
import { choice } from '../params/choice.ts';
import { files } from '../params/files.ts';
import { flag } from '../params/flag.ts';
import { id } from '../params/id.ts';
import { lineBreaks, messages } from '../params/list.ts';
import { comment, text } from '../params/message.ts';
import { whole } from '../params/number.ts';
import { recipients } from '../params/recipients.ts';
import { sender } from '../params/sender.ts';
import { pacing } from '../params/pacing.ts';
import { checkWebAddress, line } from '../params/text.ts';
import { time } from '../params/time.ts';
import { validity } from '../params/validity.ts';
import { visitor } from '../params/visitor.ts';
import { dialing, voice } from '../params/voice.ts';
import { title, url } from '../params/wap-push.ts';
import type { Field } from '../core/field.ts';
import type { Fields } from '../core/operation.ts';
import { kind, type Kind } from './kinds.ts';
import type { ListFields, Report, SendFields } from './message-members.ts';

/** Fields that a single message and a list have in common. */
const shared = {
  kind,
  id,
  sender,
  sendAt: time,
  pacing,
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
  report: /* @__PURE__ */ choice<Report>('cost', { cost: 2, balance: 3, none: undefined }),
  perRecipient: /* @__PURE__ */ flag('op'),
  listErrors: /* @__PURE__ */ flag('err'),
};

type SingleTable = Fields<SendFields & { kind: Kind }>;
type ListTable = Fields<
  ListFields &
    Omit<
      SendFields,
      | 'to'
      | 'text'
      | 'comment'
      | 'files'
      | 'subject'
      | 'data'
      | 'udh'
      | 'scheme'
      | 'encoding'
      | 'url'
      | 'title'
    > & { kind: Kind }
>;

/** Fields of a message: one text to one or more recipients. */
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
    encoding,
    url,
    title,
  },
  shared,
);

/** Fields of a list of messages. */
export const listFields: ListTable = /* @__PURE__ */ Object.assign({ messages, lineBreaks }, shared);
