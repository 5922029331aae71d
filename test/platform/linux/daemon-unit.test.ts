import { expect, test } from 'vitest';
import type { InstallPlan } from '../../../source/platform/daemon-service.ts';
import { unitFile, unitText } from '../../../source/platform/linux/daemon-unit.ts';

const plan: InstallPlan = {
  instance: 'default',
  scope: 'system',
  profiles: [],
  home: null,
  language: 'en',
  isStarted: false,
};

test('the unit leaves children alone, is watched, and is not started again where that would not help', () => {
  const text = unitText(plan, ['/usr/bin/procsaver']);
  expect(text).toContain('\nExecStart=/usr/bin/procsaver --daemon --instance default --lang en\n');
  for (const line of ['Type=notify', 'KillMode=process', 'WatchdogSec=30s', 'Restart=on-failure'])
    expect(text).toContain(`\n${line}\n`);
  expect(text).toContain('\nRestartPreventExitStatus=3 4\n');
  expect(text).toContain('\nWantedBy=multi-user.target\n');
  expect(text).not.toContain('Environment=');
});

test('words with blanks, percents, dollars and quotation marks reach the daemon as they are', () => {
  const profiles = ['/srv/my shop/100%.yaml', '/srv/$HOME/"x".yaml', '/srv/back\\slash.yaml'];
  const text = unitText({ ...plan, scope: 'user', profiles, home: '/srv/my $home' }, ['/opt/proc saver/procsaver']);
  expect(text).toContain('ExecStart="/opt/proc saver/procsaver" --daemon');
  expect(text).toContain('"/srv/my shop/100%%.yaml" "/srv/$$HOME/\\"x\\".yaml" "/srv/back\\\\slash.yaml"\n');
  expect(text).toContain('\nEnvironment="PROCSAVER_HOME=/srv/my $home"\n');
  expect(text).toContain('\nWantedBy=default.target\n');
});

test('it lies where the administrator, or the user, keeps his own units', () => {
  expect(unitFile(plan, {})).toBe('/etc/systemd/system/procsaver.service');
  expect(unitFile({ instance: 'batch', scope: 'user' }, { XDG_CONFIG_HOME: '/srv/config' })).toBe(
    '/srv/config/systemd/user/procsaver-batch.service',
  );
});
