import { isPlain, type UnknownRecord } from '@smsc/protocol/adapter';

/** Returns the messages of a list. Skips values that are not plain objects. */
export const messagesOf = ({ messages }: UnknownRecord): readonly UnknownRecord[] =>
  Array.isArray(messages) ? messages.filter(isPlain) : [];
