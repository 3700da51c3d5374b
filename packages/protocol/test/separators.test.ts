import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  check,
  koi8r,
  type ListMessage,
  type Recipient,
  send,
  sendList,
  type SendListInput,
  toRequest,
  utf8,
  windows1251,
} from '../src/index.ts';
import { toForm } from '../src/exchange/form.ts';
import { messages as listField } from '../src/params/list.ts';
import { joinRecipients } from '../src/params/recipients.ts';
import { newParts } from './operations.ts';

/** Reads `phones` as the gateway's page describes it: separated by commas or semicolons, with `G` and a number for a group. */
const parsePhones = (phones: string): Recipient[] =>
  phones.split(/[,;]/).map((phone) => (/^G\d+$/.test(phone) ? { group: Number(phone.slice(1)) } : phone));

/**
 * Reads `list` as the gateway's page describes it: one line for each message. A `|` ends the sender, which may be followed
 * by a comma and the time zone. The recipients end at the first `:` or `;`. In the text, `\n` is a line break.
 *
 * @param greedy `true`: any `|` of a line ends the sender. `false`: only a `|` before the end of the recipients does.
 * The page does not specify this, so both interpretations must return the original messages
 */
const parseList = (list: string, greedy: boolean): ListMessage[] =>
  list.split('\n').map((line) => {
    const [, prefix, rest] = (greedy ? /^([^|]*)\|(.*)$/s : /^([^|:;]*)\|(.*)$/s).exec(line) ?? [
      undefined,
      undefined,
      line,
    ];
    const [, phones, mes] = /^([^:;]*)[:;](.*)$/s.exec(rest)!;
    const [text, comment] = mes!.replaceAll('\\n', '\n').split('\n~~~\n');
    const [sender, tz] = prefix?.split(',') ?? [];
    return {
      to: parsePhones(phones!),
      text: text!,
      ...(comment === undefined ? {} : { comment }),
      ...(sender === undefined ? {} : { sender }),
      ...(tz === undefined ? {} : { utcOffset: Number(tz) + 3 }),
    };
  });

const phone = fc.stringMatching(/^\+?\d{7,15}$/);
const recipient: fc.Arbitrary<Recipient> = fc.oneof(
  phone,
  fc.integer({ min: 1 }).map((group) => ({ group })),
);
/** Texts with many separators. */
const words = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\n',
      ':',
      ';',
      '|',
      ',',
      '~~~',
      '\\',
      'n',
      '\r',
      'G1',
      '380501234567',
      '=',
      '&',
      '%',
      '+',
    ),
    fc.string({ unit: 'binary', maxLength: 1 }),
  ),
  minLength: 1,
  maxLength: 30,
});
/** The same texts without characters that a list does not accept, so that some lists are valid. */
const validWords = words.map((text) => text.replace(/[\r\0\ud800-\udfff]|\\n/g, '') || ':');
const sender = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9 ._|,:;-]{1,11}$/),
  fc.stringMatching(/^[A-Za-z0-9 ._-]{1,11}$/),
);
const message = fc.record(
  {
    to: fc.array(recipient, { minLength: 1, maxLength: 3 }),
    text: fc.oneof(words, { weight: 4, arbitrary: validWords }),
    comment: validWords,
    sender,
    utcOffset: fc.integer({ min: -12, max: 14 }),
  },
  { requiredKeys: ['to', 'text'] },
);

describe('parsing an encoded value', () => {
  it('returns the original recipients', () => {
    fc.assert(
      fc.property(fc.array(recipient, { minLength: 1, maxLength: 20 }), (to) => {
        const all: string[] = [];
        expect(parsePhones(joinRecipients(to, all))).toEqual(to);
        expect(all.flatMap(parsePhones)).toEqual(to);
        expect(check(send, { to, text: 'a' })).toEqual([]);
      }),
    );
  });

  it('returns the original messages of a list that check accepts, in both interpretations of the page', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 4 }), (messages) => {
        const input = { messages, sendAt: { local: '2026-11-24T09:00' } } as SendListInput;
        if (check(sendList, input).length > 0) return;
        accepted++;
        const list = listField.encode(messages, {}, newParts());
        for (const greedy of [false, true]) expect(parseList(list as string, greedy)).toEqual(messages);
      }),
      { numRuns: 5000 },
    );
    // Requires enough accepted lists. Otherwise the test would prove little.
    expect(accepted).toBeGreaterThan(200);
  });

  it('returns the original text if it looks like a list', () => {
    for (const text of [
      '380501234567:b',
      'a:b;c,d',
      'a\nb',
      'a\n380501234567:b',
      'x,1,2',
      '\\',
      'a\\',
      ' ',
      ':',
      ';',
      ',',
    ]) {
      const messages = [{ to: ['380501234567'], text }];
      expect(check(sendList, { messages })).toEqual([]);
      for (const greedy of [false, true])
        expect(parseList(listField.encode(messages, {}, newParts()) as string, greedy)).toEqual(messages);
    }
  });

  it('returns the original parameters of a form, in every charset', () => {
    const name = fc.stringMatching(/^[a-z]{1,9}$/);
    for (const charset of [utf8, windows1251, koi8r]) {
      fc.assert(
        fc.property(
          fc.dictionary(name, fc.oneof(words, fc.nat(), fc.uint8Array({ maxLength: 20 }))),
          (params) => {
            const clean = Object.fromEntries(
              Object.entries(params).filter(
                ([, value]) => typeof value !== 'string' || charset.unencodable(value).length === 0,
              ),
            );
            const form = toForm(clean, charset);
            expect(form).toMatch(/^[\w.~%=&-]*$/);
            const parsed = form === '' ? [] : form.split('&').map((pair) => pair.split('='));
            expect(parsed.map(([key]) => key)).toEqual(Object.keys(clean));
            for (const [key, written] of parsed) {
              const bytes = Uint8Array.from(written!.match(/%..|./g) ?? [], (c) =>
                c.length === 3 ? parseInt(c.slice(1), 16) : c.charCodeAt(0),
              );
              const value = clean[key!]!;
              if (typeof value === 'object') expect(bytes).toEqual(value);
              else expect(charset.decode(bytes)).toBe(String(value));
            }
          },
        ),
        { numRuns: 500 },
      );
    }
  });

  it('returns the parameters of a complete request, and no other parameters', () => {
    fc.assert(
      fc.property(words, sender, (text, name) => {
        const input = { to: '380501234567', text, sender: name };
        if (check(send, input).length > 0) return;
        const { body } = toRequest(send, input, { login: 'a&b=c', password: 'p+%\u0456' });
        expect([...new URLSearchParams(body.kind === 'text' ? body.text : '')]).toEqual([
          ['login', 'a&b=c'],
          ['psw', 'p+%\u0456'],
          ['phones', '380501234567'],
          ['mes', text],
          ['sender', name],
          ['cost', '2'],
          ['fmt', '3'],
          ['charset', 'utf-8'],
        ]);
      }),
      { numRuns: 2000 },
    );
  });
});
