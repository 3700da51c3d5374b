/**
 * Whom an input goes to, as far as the gateway can be asked about them: the numbers and addresses of a message or of a
 * list, each once. Groups are not among them.
 */
export function recipientsOf(input: unknown): readonly string[] {
  const { to, messages } = input as { readonly to?: unknown; readonly messages?: readonly { readonly to: unknown }[] };
  const all = (messages ?? [{ to }]).flatMap((message) => message.to);
  return [...new Set(all.filter((each): each is string => typeof each === 'string'))];
}
