/**
 * Kinds of messages by the number in the field `type` of replies and callbacks. Source: third parties that mirror the
 * gateway's pages; 8 comes from the gateway's page for history. No number is known for Telegram and WhatsApp.
 */
export const messageTypes = {
  0: 'sms',
  1: 'flash',
  2: 'binary',
  3: 'wap-push',
  4: 'hlr',
  5: 'ping',
  6: 'mms',
  7: 'voice',
  8: 'email',
  10: 'viber',
  12: 'social',
} as const;
