import type { Endpoint } from './endpoint.ts';
import { toElements, toJson } from '../wire/response.ts';
import { exceedsLimit, valueOf } from '../state/request-context.ts';
import { readPhone } from '../params/recipients.ts';
import { errorResponse } from '../wire/errors.ts';
import { serviceNumbers } from '../events/subscriber-calls.ts';

/**
 * `wait_call.php`: returns the phone number to call, and waits for a call from the subscriber. Only the JSON response is
 * known.
 */
export const waitForCall: Endpoint = {
  path: '/sys/wait_call.php',
  respond: (context) => {
    const phone = readPhone(valueOf(context, 'phone'));
    if (phone === undefined) return errorResponse('parameters');
    if (exceedsLimit(context, 'calls', phone)) return errorResponse('tooManyCalls');
    context.account.awaitedCallers.add(phone);
    const [first] = serviceNumbers;
    return {
      write: (format) => {
        if (format === 0) return `phone = ${first}, all_phones = ${serviceNumbers.join(' ')}`;
        if (format === 1) return [first, ...serviceNumbers].join(',');
        if (format === 3)
          return toJson([['phone', first]], `,\n"all_phones": ${JSON.stringify(serviceNumbers)}`);
        const all = serviceNumbers.map((number) => ['all_phones', number] as const);
        return `<result>\n${toElements([['phone', first], ...all])}</result>`;
      },
    };
  },
};
