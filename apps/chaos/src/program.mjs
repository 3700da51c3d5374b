// The program under test, as a user writes it: it sends a list of messages with ids of its own through a ledger, and keeps no
// notes. If it is killed, it is started again with the same list.

/** Runs `work` for each item, at most `parallel` at a time. */
async function forEach(items, parallel, work) {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}

/** Returns true for a refusal that says something about the message. Error 9 only says that too many requests came at once. */
const isRefused = (sent) => sent.outcome === 'rejected' && sent.fault !== 'limit';

/**
 * Sends each message once.
 *
 * @param tell called with each outcome that the program is told: a message has several if it was tried more than once
 */
export async function sendAll(smsc, messages, tell) {
  const open = new Map(messages.map((message) => [message.id, message]));
  while (open.size > 0) {
    await forEach([...open.values()], 30, async (message) => {
      const sent = await smsc.send(message);
      tell(message.id, sent);
      // A message that was accepted earlier is accepted again, without a request: `sent.repeated` is true.
      if (sent.outcome === 'accepted' || isRefused(sent)) open.delete(message.id);
    });
    if (open.size === 0) return;
    // Settles the messages whose outcome is unknown, those of earlier runs included. The rest is sent again.
    for await (const settled of smsc.recover()) {
      tell(settled.id, settled);
      if (settled.outcome === 'accepted') open.delete(settled.id);
    }
  }
}
