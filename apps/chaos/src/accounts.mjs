// Compares the plan, the outcomes that a program was told, and the gateway's record of charges. The plan determines which
// messages may be charged, how often, and what the balance must be. The main program imports a bundle of this file, because
// Node 20 does not run TypeScript.
import { seededRandom } from '@smsc/testing/random';
import { createPlan, isRefusedText, priceOf, thousandths } from './plan.mjs';

export { createPlan, seededRandom };

/** Groups the charges by planned message. A charge that belongs to no planned message is a problem. */
function problemsOfCharges(plan, charges) {
  const problems = [];
  const planned = new Map(plan.map((message) => [message.id, message]));
  const byId = new Map();
  for (const charge of charges) {
    const { id, phone, text, cost } = charge;
    const message = planned.get(id);
    if (!message) problems.push(`a message with the id ${id} was charged, which is not planned`);
    else if (phone !== message.to) problems.push(`${id} was charged for ${phone}; planned: ${message.to}`);
    else if (text !== message.text)
      problems.push(`${id} was charged with the text '${text}'; planned: '${message.text}'`);
    else if (thousandths(cost) !== priceOf(message))
      problems.push(`${id} cost ${cost}; expected ${priceOf(message)} thousandths`);
    byId.set(id, [...(byId.get(id) ?? []), charge]);
  }
  return { problems, byId };
}

/** Error 9 says that there were too many requests. It says nothing about the message. */
const isFinalRefusal = ({ outcome, fault }) => outcome === 'rejected' && fault !== 'limit';

/** Describes charges by the faults of their requests, and the time since the first one. */
const describe = (charges) =>
  charges
    .map(({ arrivedAt, fault }) => `'${fault}' after ${Math.round(arrivedAt - charges[0].arrivedAt)} ms`)
    .join(', ');

/** Checks everything that a program was told about one message. */
function problemsOfMessage(message, told, charges, { isSingle }) {
  const { id } = message;
  const refused = isRefusedText(message);
  const isAccepted = told.some(({ outcome }) => outcome === 'accepted');
  const isRejected = told.some(isFinalRefusal);
  /** Outcomes `not-sent` of a message whose request had arrived before. Another process may have sent it in the meantime. */
  const denied = told.filter(
    ({ outcome, since, at }) =>
      outcome === 'not-sent' && charges.some(({ arrivedAt }) => arrivedAt < (isSingle ? at : since)),
  );
  const problems = [
    [charges.length > 1, `was charged ${charges.length} times (${describe(charges)})`],
    [!refused && charges.length === 0, 'was never charged'],
    [refused && charges.length > 0, 'was charged, although its text is rejected'],
    [told.length === 0, 'was never told'],
    [!refused && !isAccepted, 'was never told as accepted'],
    [refused && !isRejected, 'was never told as rejected'],
    [refused && isAccepted, 'was told as accepted, but its text is rejected'],
    [!refused && isRejected, 'was told as rejected, but its text is not'],
    [denied.length > 0, `was told as not sent after its request had arrived: ${denied[0]?.detail}`],
  ];
  return problems.filter(([holds]) => holds).map(([, problem]) => `${id} ${problem}`);
}

/** Returns the balance that follows from the plan: every message that is not refused was charged once. */
function problemsOfBalance(plan, { initialBalance, balance }) {
  const spent = plan
    .filter((message) => !isRefusedText(message))
    .reduce((sum, message) => sum + priceOf(message), 0n);
  const expected = thousandths(initialBalance) - spent;
  const found = thousandths(balance);
  return found === expected ? [] : [`the balance is ${found} thousandths; expected ${expected} by the plan`];
}

/**
 * Lists everything that does not agree.
 *
 * @param told outcomes in the order in which they were told
 * @param isSingle true if only one process ran at a time
 */
export function checkAccounts(plan, told, books, { isSingle }) {
  const { problems, byId } = problemsOfCharges(plan, books.charges);
  const toldById = new Map(plan.map(({ id }) => [id, []]));
  for (const line of told) {
    if (toldById.has(line.id)) toldById.get(line.id).push(line);
    else problems.push(`an outcome of ${line.id} was told, which is not planned`);
  }
  for (const message of plan)
    problems.push(
      ...problemsOfMessage(message, toldById.get(message.id), byId.get(message.id) ?? [], { isSingle }),
    );
  problems.push(...problemsOfBalance(plan, books));
  return problems;
}

/** Names an outcome for the summary. */
function nameOf({ outcome, detail, fault }) {
  if (detail === 'repeated') return 'repeated';
  return outcome === 'rejected' && fault === 'limit' ? 'error 9' : outcome;
}

/** Counts the outcomes that were told. */
export function countTold(told) {
  const counts = {};
  for (const name of told.map(nameOf)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
