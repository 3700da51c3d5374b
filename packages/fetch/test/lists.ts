import type { LineBreaks, ListMessage, SendListInput } from '@smsc/protocol';
import fc from 'fast-check';
import { messageId } from './messages.ts';
import { offset, sendTime } from './times.ts';
import { phone, phones, senderName, type Words } from './words.ts';

/** Generates lists of messages, each with its own text and recipients. */
export function lists(words: Words): fc.Arbitrary<SendListInput> {
  const kinds = fc.constantFrom('sms', 'flash', 'voice', 'viber', 'whatsapp', 'telegram-code', 'social');
  // With raw line breaks, a line break at the end of a text looks like the end of the entry's line.
  const text = words.message.map((each) => each.trim());
  const entry = fc.record(
    {
      to: fc.oneof(phone, phones(3)),
      text,
      comment: words.line.map((each) => each.trim()),
      sender: fc.stringMatching(/^[A-Za-z][A-Za-z0-9 .]{0,8}[a-z]$/),
      utcOffset: offset,
    },
    { requiredKeys: ['to', 'text'] },
  );
  const extras = fc.record(
    {
      id: messageId,
      sender: senderName,
      sendAt: sendTime,
      lineBreaks: fc.constantFrom<LineBreaks>('escape', 'raw'),
      report: fc.constantFrom('cost', 'balance', 'none'),
      perRecipient: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  return fc
    .tuple(kinds, fc.array(entry, { minLength: 1, maxLength: 4 }), extras)
    .map(([kind, messages, rest]) => {
      const dated = typeof rest.sendAt === 'object' && ('at' in rest.sendAt || 'local' in rest.sendAt);
      const fitting = messages.map(({ utcOffset, ...each }): ListMessage => {
        // The gateway reads everything before the first `|` as the sender, so an entry that contains `|` needs a sender.
        // With raw line breaks, the second line of a text could be read as the next message.
        const sender = each.sender ?? (/\|/.test(each.text + (each.comment ?? '')) ? 'Bar' : undefined);
        const flat = (written: string): string =>
          rest.lineBreaks === 'raw' ? written.replaceAll('\n', ' ') : written;
        return {
          to: each.to,
          text: flat(each.text),
          ...(each.comment === undefined || (rest.lineBreaks === 'raw' && /[:;|]/.test(each.comment))
            ? {}
            : { comment: each.comment }),
          ...(sender === undefined ? {} : { sender }),
          ...(dated && sender !== undefined && utcOffset !== undefined ? { utcOffset } : {}),
        };
      });
      return { ...(kind === 'sms' ? {} : { kind }), messages: fitting, ...rest };
    });
}
