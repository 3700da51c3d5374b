import { cancelJob, createJob, type CreateJobInput, type Job, job, jobs, removeJob } from '@smsc/protocol';
import type { Message } from '@smsc/simulator';
import fc from 'fast-check';
import { expect } from 'vitest';
import { lists } from '../lists.ts';
import { expectStored, type SendCase, sendInput, sendCases, reached } from '../messages.ts';
import { dueTime } from '../times.ts';
import { type OperationTrial, trial } from '../trial.ts';
import { dayAt, localTime, millionths, phones, senderName, without } from '../words.ts';
import { type Customer, day, hour, minute, type WireRow } from '../world.ts';

/** Finds the row of a job by its id. */
const listed = (customer: Customer, id: string | number): WireRow | undefined =>
  customer.rows('jobs', { get_all: 1 }).find((row) => String(row['id']) === String(id));

const total = (messages: readonly Message[]): bigint =>
  messages.reduce((sum, { cost }) => sum + millionths(cost), 0n);

/** Generated data of a job that is created without the client. */
interface JobData {
  readonly name: string;
  /** Minutes until the job runs; 0 runs it at once. */
  readonly inMinutes: number;
  readonly people: readonly string[];
}

const jobData = (name: fc.Arbitrary<string>): fc.Arbitrary<JobData> =>
  fc.record({ name, inMinutes: fc.constantFrom(0, 1, 90), people: phones(3) });

const createWithoutClient = (customer: Customer, { name, inMinutes, people }: JobData): number =>
  (
    customer.requestDirectly('jobs', {
      add: 1,
      name,
      phones: people.join(),
      mes: 'a',
      ...(inMinutes > 0 ? { time: `+${inMinutes}` } : {}),
    }) as { readonly id: number }
  ).id;

/** Compares a job with the gateway's row. Unknown members are kept in `extra`. */
function expectJob(
  result: Job,
  { name, inMinutes, people }: JobData,
  customer: Customer,
  madeAt: number,
  id: number,
): void {
  const sent = customer.messages().filter((message) => message.id === String(id));
  expect(result).toMatchObject({ id: String(id), name, status: inMinutes === 0 ? '1' : '-1' });
  expect(sent).toHaveLength(inMinutes === 0 ? people.length : 0);
  expect(result.extra).toMatchObject({
    cnt: sent.length,
    create_date: localTime(madeAt, customer.utcOffset),
    send_date: localTime(madeAt + inMinutes * minute, customer.utcOffset),
  });
  expect(millionths(String(result.extra['cost']))).toBe(total(sent));
}

const periods = { hour, day, week: 7 * day };

export const jobTrials: Readonly<Record<string, OperationTrial>> = {
  createJob: trial(createJob, {
    seeds: (words, style) => {
      const options = fc.record(
        {
          name: words.line,
          report: fc.constant('cost' as const),
          repeat: fc.record({
            every: fc.constantFrom('hour' as const, 'day' as const, 'week' as const),
            times: fc.integer({ min: 1, max: 3 }),
          }),
          autoRepeat: fc.boolean(),
          repeatSender: senderName,
          smsText: words.message,
        },
        { requiredKeys: ['name'] },
      );
      // A job takes no id from the caller and returns no rows for recipients.
      const sendCase = sendCases(words, style, true).map((one): SendCase => ({
        ...one,
        extras: without(one.extras, 'id', 'perRecipient', 'listErrors'),
      }));
      const toPhones = sendCase.filter(({ content }) => content.audience === undefined);
      const templated = fc.tuple(toPhones, words.message).map(([one, template]) => ({
        sendCase: { ...one, content: { members: { text: template } } },
        template,
      }));
      return fc.record({
        options,
        of: fc.oneof(
          sendCase.map((one) => ({ sendCase: one })),
          templated,
          lists(words).map((list) => ({ list })),
        ),
      });
    },
    input: ({ options, of }, customer): CreateJobInput => {
      if ('list' in of)
        return { ...options, ...without(of.list, 'id', 'report', 'perRecipient') } as CreateJobInput;
      const { text, ...input } = sendInput(of.sendCase, customer) as { readonly text?: string };
      if (!('template' in of))
        return { ...options, ...input, ...(text === undefined ? {} : { text }) } as unknown as CreateJobInput;
      const { id } = customer.requestDirectly('templates', {
        add: 1,
        name: 'template',
        msg: of.template,
      }) as {
        readonly id: number;
      };
      return { ...options, ...input, template: id } as unknown as CreateJobInput;
    },
    holds: (result, { seed: { options, of }, customer, world }) => {
      const start = world.now();
      const sendAt = 'list' in of ? of.list.sendAt : of.sendCase.extras.sendAt;
      const zones = 'list' in of ? of.list.messages.map(({ utcOffset }) => utcOffset) : [undefined];
      const due = Math.min(...zones.map((own) => dueTime(sendAt, start, customer.utcOffset, own)));
      const row = (): WireRow | undefined => listed(customer, result.id);
      expect(row()).toMatchObject({
        name: options.name,
        send_date: localTime(
          due === start && options.repeat ? due + periods[options.repeat.every] : due,
          customer.utcOffset,
        ),
      });
      // Nothing is sent before the scheduled time.
      const [before, sum] = [customer.messages().length, millionths(customer.balance())];
      if (due > start) expect(before).toBe(0);
      world.advance(due - start);
      const first = customer.messages().filter(({ refused }) => !refused);
      expect(new Set(first.map(({ id }) => id))).toEqual(new Set([result.id]));
      if ('sendCase' in of) {
        expect(first.map(({ phone }) => phone).sort()).toEqual(reached(of.sendCase));
        for (const message of first)
          expectStored({ ...message, acceptedAt: start }, of.sendCase, customer, start);
      } else {
        expect(first.map(({ phone, text }) => JSON.stringify([phone, text])).sort()).toEqual(
          of.list.messages
            .flatMap(({ to, text }) =>
              ([to].flat() as string[]).map((phone) => JSON.stringify([phone, text])),
            )
            .sort(),
        );
      }
      // The returned cost equals the cost of the job's first run, now or later.
      expect(result.cost === undefined ? undefined : millionths(result.cost)).toBe(
        options.report ? total(first) : undefined,
      );
      if (due > start) expect(sum - millionths(customer.balance())).toBe(total(first));
      expect(millionths(String(row()!['cost']))).toBe(total(first));
      // The job runs once more for each requested repetition.
      const { every, times } = options.repeat ?? { every: 'hour' as const, times: 0 };
      world.advance((times + 1) * periods[every]);
      expect(row()).toMatchObject({ status: 1, runs: 1 + times });
      expect(customer.messages()).toHaveLength(
        (1 + times) * ('sendCase' in of ? first.length + of.sendCase.wrong.length : first.length),
      );
      expect(new Set(customer.messages().map(({ acceptedAt }) => acceptedAt))).toEqual(
        new Set(Array.from({ length: 1 + times }, (_, at) => due + at * periods[every])),
      );
    },
  }),

  job: trial(job, {
    seeds: (words) =>
      fc.record({
        all: fc.array(jobData(words.line), { minLength: 1, maxLength: 3 }),
        which: fc.nat({ max: 2 }),
        email: fc.boolean(),
      }),
    input: ({ all, which, email }, customer) => {
      const ids = all.map((each) => createWithoutClient(customer, each));
      if (!email) return { id: ids[which % all.length]! };
      const { id } = customer.requestDirectly('jobs', {
        add: 1,
        name: 'letters',
        mail: 1,
        phones: 'a@example.org',
        subj: 's',
        mes: 't',
        sender: 'b@example.org',
      }) as { readonly id: number };
      return { id: String(id), email };
    },
    holds: (result, { seed: { all, which, email }, input, customer, world }) => {
      if (email) expect(result).toMatchObject({ id: input.id, name: 'letters', status: '1' });
      else expectJob(result, all[which % all.length]!, customer, world.now(), Number(input.id));
    },
  }),

  jobs: trial(jobs, {
    seeds: (words) =>
      fc.record({
        all: fc.array(fc.tuple(jobData(words.line), fc.constantFrom(0, hour, day, 3 * day)), {
          maxLength: 4,
        }),
        from: fc.option(fc.integer({ min: -2, max: 8 }), { nil: undefined }),
        days: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
      }),
    input: ({ all, from, days }, customer) => {
      const start = customer.world.now();
      for (const [each, later] of all) {
        createWithoutClient(customer, each);
        customer.world.advance(later);
      }
      const first = start + (from ?? 0) * day;
      return {
        ...(from === undefined ? {} : { from: dayAt(first, customer.utcOffset) }),
        ...(days === undefined ? {} : { to: dayAt(first + days * day, customer.utcOffset) }),
      };
    },
    holds: (result, { seed: { all }, input: { from, to }, customer, world }) => {
      let at = world.now() - all.reduce((sum, [, later]) => sum + later, 0);
      const expectedNames = all.flatMap(([{ name }, later]) => {
        const on = dayAt(at, customer.utcOffset);
        at += later;
        return on >= (from ?? on) && on <= (to ?? on) ? [name] : [];
      });
      expect(result.map(({ name }) => name)).toEqual(expectedNames);
      for (const each of result)
        expect(listed(customer, each.id!)).toMatchObject({
          id: Number(each.id),
          name: each.name,
          status: Number(each.status),
          ...each.extra,
        });
    },
  }),

  cancelJob: trial(cancelJob, {
    seeds: (words) =>
      fc.record({
        one: jobData(words.line),
        other: jobData(words.line),
        inMinutes: fc.integer({ min: 1, max: 10_000 }),
        asText: fc.boolean(),
      }),
    input: ({ one, other, inMinutes, asText }, customer) => {
      createWithoutClient(customer, { ...other, inMinutes });
      const id = createWithoutClient(customer, { ...one, inMinutes });
      return { id: asText ? String(id) : id };
    },
    holds: (_, { seed: { other, inMinutes }, input, customer, world }) => {
      expect(listed(customer, input.id)).toMatchObject({ status: -2 });
      world.advance(inMinutes * minute);
      // Only the other job runs.
      expect(customer.messages().map(({ phone }) => phone)).toEqual(other.people);
      expect(millionths('1000.00') - millionths(customer.balance())).toBe(total(customer.messages()));
    },
  }),

  removeJob: trial(removeJob, {
    seeds: (words) => fc.record({ one: jobData(words.line), other: jobData(words.line) }),
    input: ({ one, other }, customer) => {
      createWithoutClient(customer, { ...other, inMinutes: 0 });
      return { id: createWithoutClient(customer, { ...one, inMinutes: 5 }) };
    },
    holds: (_, { seed: { other }, input, customer, world }) => {
      expect(listed(customer, input.id)).toBeUndefined();
      expect(customer.rows('jobs', { get_all: 1 }).map(({ name }) => name)).toEqual([other.name]);
      world.advance(hour);
      expect(customer.messages()).toHaveLength(other.people.length);
    },
  }),
};
