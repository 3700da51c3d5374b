import { isPlain, type Loose } from '@smsc/protocol';

/** The messages of a list, as far as they are any. */
export const messagesOf = ({ messages }: Loose): readonly Loose[] => (Array.isArray(messages) ? messages.filter(isPlain) : []);
