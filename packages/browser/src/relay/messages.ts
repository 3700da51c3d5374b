import { isPlain, type UnknownRecord } from '@smsc/protocol/adapter';

/** The messages of a list, as far as they are any. */
export const messagesOf = ({ messages }: UnknownRecord): readonly UnknownRecord[] =>
  Array.isArray(messages) ? messages.filter(isPlain) : [];
