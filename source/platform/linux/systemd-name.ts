/** systemd.unit(5): the kinds of units. A name that ends with none of them is a service's, as systemctl has it. */
const suffixes = [
  '.service',
  '.socket',
  '.target',
  '.timer',
  '.path',
  '.mount',
  '.automount',
  '.swap',
  '.slice',
  '.scope',
  '.device',
];

export function unitName(service: string): string {
  return suffixes.some((suffix) => service.endsWith(suffix)) ? service : `${service}.service`;
}
