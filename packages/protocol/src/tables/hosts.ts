/**
 * Hosts of the gateway, one per country. Use the host where the account was opened. Each host has a backup: the same
 * name with the prefix `www2.`. Source: the gateway's page for HTTP, and third parties.
 */
export const hosts = ['smsc.ua', 'smsc.ru', 'smsc.kz', 'smsc.tj', 'smscentre.com'] as const;
