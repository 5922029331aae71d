import type { ServiceScope } from '../../ports/service-manager.ts';

/** One way to systemd's D-Bus interface. */
export type SystemdAddress =
  /** The manager's own socket: no bus stands between, so it works before the bus is there and after it is gone. */
  | { readonly kind: 'private'; readonly socket: string }
  /** The message bus, which asks polkit for those who are not root. */
  | { readonly kind: 'bus'; readonly address: string };

export interface SystemdSurroundings {
  readonly user: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Where to look for a manager, best first; the same order as systemctl's. */
export function systemdAddresses(scope: ServiceScope, { user, environment }: SystemdSurroundings): SystemdAddress[] {
  if (scope === 'system') {
    const address = environment['DBUS_SYSTEM_BUS_ADDRESS'] ?? 'unix:path=/run/dbus/system_bus_socket';
    const bus: SystemdAddress = { kind: 'bus', address };
    // The private socket of the machine's manager answers nobody but root.
    return user === 0 ? [{ kind: 'private', socket: '/run/systemd/private' }, bus] : [bus];
  }
  const folder = environment['XDG_RUNTIME_DIR'] ?? `/run/user/${user}`;
  const address = environment['DBUS_SESSION_BUS_ADDRESS'] ?? `unix:path=${folder}/bus`;
  return [
    { kind: 'private', socket: `${folder}/systemd/private` },
    { kind: 'bus', address },
  ];
}

/** For people. */
export function inWords(address: SystemdAddress): string {
  return address.kind === 'private' ? address.socket : address.address;
}
