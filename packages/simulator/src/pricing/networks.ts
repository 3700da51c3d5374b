/** Whose number it is. */
export interface Network {
  readonly country: string;
  readonly operator: string;
  readonly mcc: string;
  readonly mnc: string;
}

/**
 * Beginnings of numbers and their networks, the longest wins. `25503` Kyivstar and the Russian spelling of countries are
 * recorded from the real gateway; the rest is the public numbering plan, cut short. Numbers keep the network of their
 * beginning here: there is no porting.
 */
const table: readonly (readonly [
  prefixes: string,
  country: string,
  operator: string,
  mcc: string,
  mnc: string,
])[] = [
  ['38050 38066 38075 38095 38099', 'Украина', 'Vodafone', '255', '01'],
  ['38067 38068 38077 38096 38097 38098', 'Украина', 'Kyivstar', '255', '03'],
  ['38063 38073 38093', 'Украина', 'lifecell', '255', '06'],
  ['380', 'Украина', '', '255', '00'],
  ['7', 'Россия', '', '250', '99'],
  ['791 798', 'Россия', 'МТС', '250', '01'],
  ['792 793 7999', 'Россия', 'МегаФон', '250', '02'],
  ['790 796', 'Россия', 'Билайн', '250', '99'],
  ['77', 'Казахстан', '', '401', '01'],
  ['992', 'Таджикистан', '', '436', '04'],
  ['375', 'Беларусь', '', '257', '01'],
  ['48', 'Польша', '', '260', '01'],
  ['49', 'Германия', '', '262', '01'],
  ['44', 'Великобритания', '', '234', '15'],
  ['373', 'Молдова', '', '259', '01'],
  ['995', 'Грузия', '', '282', '01'],
  ['996', 'Киргизия', '', '437', '01'],
  ['998', 'Узбекистан', '', '434', '05'],
  ['1', 'США', '', '310', '260'],
];

const networks = new Map<string, Network>(
  table.flatMap(([prefixes, country, operator, mcc, mnc]) =>
    prefixes.split(' ').map((prefix) => [prefix, { country, operator, mcc, mnc }] as const),
  ),
);
const longest = 5;
const nowhere: Network = { country: '', operator: '', mcc: '', mnc: '' };

/** The network of a number; empty members for what is no number or not in the table. */
export function networkOf(recipient: string): Network {
  if (!/^\d{8,}$/.test(recipient)) return nowhere;
  for (let length = longest; length > 0; length--) {
    const network = networks.get(recipient.slice(0, length));
    if (network) return network;
  }
  return nowhere;
}
