// The page's side: a trial with the page's own fetch.
import { runTrial } from '@smsc/conformance/trial';
import { fetchTransport } from '@smsc/fetch';

globalThis.trial = (asked) => runTrial(({ host, timeoutMs, maxReplyBytes }) => fetchTransport({ host, timeoutMs, maxReplyBytes }), asked);
