// Faults of a connection that can happen to one request. A fault gets an exchange:
// `handle()` passes the request to the gateway and returns the bytes of the response; `write(bytes)`, `end()` and `reset()` act
// on the connection; `later(ms, run)` waits. Times are in milliseconds of the machine.

const page = (status, reason) => {
  const body = `<html>${reason}</html>`;
  return Buffer.from(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: text/html\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
};
const badGateway = page(502, 'Bad Gateway');
const gatewayTimeout = page(504, 'Gateway Timeout');
const misdirected = page(421, 'Misdirected Request');

/** Changes some bytes of the body of a response. Its headers stay as they are. */
function garble(bytes, random) {
  const start = bytes.indexOf('\r\n\r\n') + 4;
  return bytes.map((octet, at) => (at >= start && random() < 0.2 ? Math.floor(random() * 256) : octet));
}

const cut = (bytes, random) => bytes.subarray(0, Math.floor(random() * bytes.length));

/** Faults by name, with their weights. Those of `duplicates` need a gateway that detects duplicates. */
export const faults = {
  none: [
    55,
    ({ handle, write, later, random }) => {
      const response = handle();
      later(random() * 20, () => write(response));
    },
  ],
  'reset before handling': [4, ({ reset }) => reset()],
  'closed before handling': [2, ({ end }) => end()],
  'request lost': [4, () => undefined],
  'reset after handling': [6, ({ handle, reset }) => (handle(), reset())],
  'closed after handling': [3, ({ handle, end }) => (handle(), end())],
  'response lost': [3, ({ handle }) => void handle()],
  'response too late': [
    3,
    ({ handle, write, later, timeoutMs }) => {
      const response = handle();
      later(timeoutMs * 1.5, () => write(response));
    },
  ],
  'request too late': [
    5,
    ({ handle, later, timeoutMs, latestMs, random }) =>
      later(timeoutMs * 1.2 + random() * latestMs, () => void handle()),
  ],
  'response in halves': [
    3,
    ({ handle, write, later, random }) => {
      const response = handle();
      const half = cut(response, random);
      write(half);
      later(20, () => write(response.subarray(half.length)));
    },
  ],
  'response cut': [3, ({ handle, write, end, random }) => (write(cut(handle(), random)), end())],
  'response cut by a reset': [
    2,
    ({ handle, write, reset, later, random }) => (write(cut(handle(), random)), later(5, reset)),
  ],
  'response never complete': [2, ({ handle, write, random }) => write(cut(handle(), random))],
  'response garbled': [3, ({ handle, write, random }) => write(garble(handle(), random))],
  '502 before handling': [3, ({ write }) => write(badGateway)],
  '504 after handling': [3, ({ handle, write }) => (handle(), write(gatewayTimeout))],
  '421 before handling': [2, ({ write }) => write(misdirected)],
  '421 after handling': [3, ({ handle, write }) => (handle(), write(misdirected))],
  'closed after the response': [3, ({ handle, write, end }) => (write(handle()), end())],
};

/** Faults of a network that delivers a request twice. The gateway rejects the second one as a duplicate. */
export const duplicates = {
  'delivered twice': [
    4,
    ({ handle, write, later, latestMs, random }) => {
      write(handle());
      later(random() * latestMs, () => void handle());
    },
  ],
  'delivered twice, response lost': [3, ({ handle, reset }) => (handle(), handle(), reset())],
};

/** A network without faults. */
export const noFault = { none: faults.none };

/** A network on which no response arrives, and on which one request in four is lost. */
export const noResponse = {
  'reset before handling': [1, faults['reset before handling'][1]],
  'reset after handling': [3, faults['reset after handling'][1]],
};

/** Creates a function that picks one of the faults at random, by weight. Returns its name and its function. */
export function createPicker(table, random) {
  const all = Object.entries(table);
  const total = all.reduce((sum, [, [weight]]) => sum + weight, 0);
  return () => {
    let at = random() * total;
    const [name, [, run]] = all.find(([, [weight]]) => (at -= weight) < 0) ?? all[0];
    return { name, run };
  };
}
