/**
 * Hosts of the gateway, one per country. Use the host where the account was opened. Each has a backup at the same name
 * with `www2.` in front. Source: the gateway's page for HTTP, and third parties.
 */
export const hosts = ['smsc.ua', 'smsc.ru', 'smsc.kz', 'smsc.tj', 'smscentre.com'] as const;
