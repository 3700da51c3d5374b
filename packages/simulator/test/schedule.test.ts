import { describe, expect, it } from 'vitest';
import { createGateway, type GatewayOptions } from '../src/index.ts';
import { dueAt, readSendTime, readValidity } from '../src/params/schedule.ts';
import { submit, noon } from './submit.ts';

const hour = 3_600_000;
const moscow = 3;

describe('time', () => {
  const at = (time: string, zone = moscow, now = noon): number | undefined => {
    const read = readSendTime(time);
    return read && dueAt(read, zone, now);
  };

  it('is a date in a time zone', () => {
    expect(at('2411251330')).toBe(Date.UTC(2025, 10, 24, 10, 30));
    expect(at('24.11.25 13:30')).toBe(Date.UTC(2025, 10, 24, 10, 30));
    expect(at('24.11.25 13: 30', 0)).toBe(Date.UTC(2025, 10, 24, 13, 30));
    expect(at('2902280000', 0)).toBe(Date.UTC(2028, 1, 29));
  });

  it('means at once if it is 0, empty or in the past', () => {
    expect([at('0'), at(''), at('0101120000'), at('00'), at('01')]).toEqual([noon, noon, noon, noon, noon]);
  });

  it('is a window of hours', () => {
    expect(at('13-20')).toBe(noon + hour);
    expect(at('12-20')).toBe(noon);
    expect(at('9-20')).toBe(noon);
    expect(at('9-12')).toBe(noon + 21 * hour);
    expect(at('9-12', moscow, noon - 1)).toBe(noon - 1);
    expect(at('0-24')).toBe(noon);
    expect(at('13-20', 5)).toBe(noon);
  });

  it('is a timestamp after a zero, or minutes from now', () => {
    expect(at(`0${noon / 1000 + 60}`)).toBe(noon + 60_000);
    expect(at('+90')).toBe(noon + 90 * 60_000);
    expect(at('+0')).toBe(noon);
  });
});

describe('tz', () => {
  const startOf = (params: Record<string, string | number>, options: GatewayOptions = {}): number => {
    const gateway = createGateway(options);
    submit(gateway, { phones: '380501234567', mes: 'a', time: '2411251200', ...params });
    return (gateway.messages()[0]!.startsAt - noon) / hour;
  };

  it('counts from Moscow, and defaults to the time zone of the account', () => {
    const kyiv = { accounts: [{ login: 'demo', password: 'demo', utcOffset: 2 }] };
    expect([startOf({}), startOf({ tz: 0 }), startOf({ tz: -1 }), startOf({ tz: 2 })]).toEqual([
      24, 24, 25, 22,
    ]);
    expect([startOf({}, kyiv), startOf({ tz: 0 }, kyiv)]).toEqual([25, 24]);
  });

  it('requires the plus of +m to be percent-encoded', () => {
    const gateway = createGateway();
    const url = (time: string): string =>
      `/sys/send.php?login=demo&psw=demo&phones=380501234567&mes=a&fmt=1&time=${time}`;
    expect(submit(gateway, {}, noon, { method: 'GET', url: url('+5') })).toBe('0,-5');
    expect(submit(gateway, {}, noon, { method: 'GET', url: url('%2B5') })).toBe('1,1');
  });
});

describe('period and freq', () => {
  it('divide the recipients into groups', () => {
    const gateway = createGateway();
    const phones = Array.from({ length: 10 }, (_, at) => `38050123450${at}`).join();
    submit(gateway, { phones, mes: 'a', period: 2, freq: 30 });
    expect(gateway.messages().map(({ startsAt }) => (startsAt - noon) / 60_000)).toEqual([
      0, 0, 0, 30, 30, 30, 60, 60, 60, 90,
    ]);
  });

  it('have no effect without a period', () => {
    const gateway = createGateway();
    submit(gateway, { phones: '380501234567,380671234567', mes: 'a', freq: 30 });
    expect(gateway.messages().map(({ startsAt }) => startsAt)).toEqual([noon, noon]);
  });
});

describe('valid', () => {
  it('is hours, or hours and minutes', () => {
    expect(['1', '24', '00:01', '1:30', '24:00'].map(readValidity)).toEqual([
      hour,
      24 * hour,
      60_000,
      1.5 * hour,
      24 * hour,
    ]);
    expect(['0', '25', '00:00', '24:01', '1.5', '-1', '1:5'].map(readValidity)).toEqual(
      Array(7).fill(undefined),
    );
  });
});
