import {
  addOperatorTemplate,
  addTemplate,
  changeTemplate,
  operatorTemplates,
  type OperatorTraffic,
  removeTemplate,
  type TemplateKind,
  templates,
} from '@smsc/protocol';
import fc from 'fast-check';
import { expect } from 'vitest';
import { type OperationTrial, trial } from '../trial.ts';
import { senderName, type Words } from '../words.ts';
import type { Customer, WireRow } from '../world.ts';

/** Wire codes of the kinds of templates. */
const kinds: Readonly<Record<TemplateKind, string>> = {
  sms: 'sms',
  flash: 'flash',
  binary: 'bin',
  'wap-push': 'push',
  mms: 'mms',
  voice: 'call',
  email: 'mail',
  viber: 'viber',
};

const template = (words: Words) => ({
  name: words.line,
  text: words.message,
  kind: fc.constantFrom(...(Object.keys(kinds) as TemplateKind[])),
  sender: senderName,
  signature: fc.boolean(),
});

interface TemplateInput {
  readonly name?: string | undefined;
  readonly text?: string | undefined;
  readonly kind?: TemplateKind | undefined;
  readonly sender?: string | undefined;
  readonly signature?: boolean | undefined;
}

/** Returns the row that the gateway's list must contain for a template. */
const asRow = ({ name = '', text = '', kind, sender = '', signature }: TemplateInput): WireRow => ({
  name,
  message: text,
  format: kind === undefined ? '' : kinds[kind],
  sender,
  flag: signature ? 2 : 0,
});

const addWithoutClient = (
  customer: Customer,
  { name = 'n', text = 't', kind, sender, signature }: TemplateInput,
): string =>
  String(
    (
      customer.requestDirectly('templates', {
        add: 1,
        name,
        msg: text,
        ...(kind === undefined ? {} : { format: kinds[kind] }),
        ...(sender === undefined ? {} : { sender }),
        ...(signature === undefined ? {} : { 'fl[1]': Number(signature) }),
      }) as WireRow
    )['id'],
  );

const registers: readonly OperatorTraffic[] = [
  'mts_srv',
  'mts_auth',
  'mts_trn',
  'mega_srv',
  'mega_auth',
  'mega_trn',
  'mega_adv',
  'bee_srv',
  'bee_trn',
  'tele2_srv',
  'tele2_trn',
  'motiv_srv',
  'motiv_trn',
  'soc',
];

export const templateTrials: Readonly<Record<string, OperationTrial>> = {
  templates: trial(templates, {
    seeds: (words) =>
      fc.array(fc.record(template(words), { requiredKeys: ['name', 'text'] }), { maxLength: 4 }),
    input: (seed, customer) => {
      for (const each of seed) addWithoutClient(customer, each);
      return {};
    },
    holds: (result, { seed, customer }) => {
      expect(result.map(({ id }) => id)).toEqual(
        customer.rows('templates', { get: 1 }).map(({ id }) => String(id)),
      );
      expect(
        result.map(({ name, text, sender, format, flags, extra }) => ({
          name,
          text,
          sender,
          format,
          flags,
          extra,
        })),
      ).toEqual(
        seed.map(({ name, text, sender, kind, signature }) => ({
          name,
          text,
          sender,
          format: kind && kinds[kind],
          flags: signature ? '2' : '0',
          extra: {},
        })),
      );
    },
  }),

  addTemplate: trial(addTemplate, {
    seeds: (words) => fc.record(template(words), { requiredKeys: ['name', 'text'] }),
    input: (seed) => seed,
    holds: ({ id }, { input, customer }) => {
      expect(customer.rows('templates', { get: 1 })).toEqual([{ id: Number(id), ...asRow(input) }]);
    },
  }),

  changeTemplate: trial(changeTemplate, {
    seeds: (words) =>
      fc.record({
        was: fc.record(template(words), { requiredKeys: ['name', 'text'] }),
        changes: fc
          .record(template(words), { requiredKeys: [] })
          .filter((changes) => Object.keys(changes).length > 0),
      }),
    input: ({ was, changes }, customer) => {
      addWithoutClient(customer, { name: 'another' });
      return { id: addWithoutClient(customer, was), ...changes };
    },
    holds: (_, { seed: { was, changes }, input, customer }) => {
      const rows = customer.rows('templates', { get: 1 });
      expect(rows).toHaveLength(2);
      expect(rows[0]).toMatchObject({ name: 'another' });
      expect(rows[1]).toEqual({ id: Number(input.id), ...asRow({ ...was, ...changes }) });
    },
  }),

  removeTemplate: trial(removeTemplate, {
    seeds: () => fc.record({ count: fc.integer({ min: 1, max: 4 }), which: fc.nat({ max: 3 }) }),
    input: ({ count, which }, customer) => ({
      id: Array.from({ length: count }, () => addWithoutClient(customer, {}))[which % count]!,
    }),
    holds: (_, { seed: { count }, input, customer }) => {
      const ids = customer.rows('templates', { get: 1 }).map(({ id }) => String(id));
      expect(ids).toHaveLength(count - 1);
      expect(ids).not.toContain(String(input.id));
    },
  }),

  operatorTemplates: trial(operatorTemplates, {
    seeds: (words) =>
      fc.record({
        all: fc.array(
          fc.record({
            sender: fc.constantFrom('Alpha', 'Beta'),
            text: words.message,
            as: fc.subarray([...registers], { minLength: 1, maxLength: 3 }),
          }),
          { maxLength: 3 },
        ),
        by: fc.record(
          { sender: fc.constantFrom('Alpha', 'Beta', 'Nobody'), text: fc.boolean() },
          { requiredKeys: [] },
        ),
      }),
    input: ({ all, by }, customer) => {
      for (const { sender, text, as } of all)
        customer.requestDirectly('op_templates', {
          add: 1,
          sender,
          msg: text,
          ...Object.fromEntries(as.map((each) => [each, 1])),
        });
      return {
        ...(by.sender === undefined ? {} : { sender: by.sender }),
        ...(by.text && all[0] ? { text: all[0].text } : {}),
      };
    },
    holds: (result, { seed: { all }, input, customer }) => {
      const expected = all.filter(
        ({ sender, text }) => (input.sender ?? sender) === sender && (input.text ?? text) === text,
      );
      expect(result).toHaveLength(expected.reduce((sum, { as }) => sum + as.length, 0));
      const rows = customer.rows('op_templates', {
        get: 1,
        ...(input.sender === undefined ? {} : { sender: input.sender }),
        ...(input.text === undefined ? {} : { msg: input.text }),
      });
      expect(result.map(({ id, name }) => ({ id, name }))).toEqual(
        rows.map(({ id, name }) => ({ id: String(id), name })),
      );
    },
  }),

  addOperatorTemplate: trial(addOperatorTemplate, {
    seeds: (words) =>
      fc.record({
        sender: senderName,
        text: words.message,
        traffic: fc.subarray([...registers], { minLength: 1 }),
      }),
    input: (seed) => seed,
    holds: (result, { input: { sender, text, traffic }, customer }) => {
      expect(result.templates).toHaveLength(traffic.length);
      const rows = customer.rows('op_templates', { get: 1, sender, msg: text });
      // The names are Cyrillic, which every charset of the gateway can encode.
      expect(rows).toEqual(result.templates.map(({ id, name }) => ({ id: Number(id), name })));
    },
  }),
};
