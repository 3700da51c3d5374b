/**
 * The gateway's hosts, any of which serves an account of its country. A backup stands at `www2.` before each.
 * Source: the gateway's page for HTTP, and third parties.
 */
export const hosts = ['smsc.ua', 'smsc.ru', 'smsc.kz', 'smsc.tj', 'smscentre.com'] as const;
