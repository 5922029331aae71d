# The acceptance on a real Windows: powershell -ExecutionPolicy Bypass -File try.ps1 [-Program procsaver.exe]
# As administrator. Writes try-report.txt beside itself; takes away all that it made. See docs/windows.md.
param([string]$Program = (Join-Path $PSScriptRoot 'procsaver.exe'))
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [Text.Encoding]::UTF8

$place = Join-Path $env:ProgramData ('procsaver-try-' + [guid]::NewGuid().ToString('N').Substring(0, 8))
$report = Join-Path $PSScriptRoot 'try-report.txt'
$lines = New-Object System.Collections.ArrayList
$failed = 0
$passed = 0
$principal = New-Object Security.Principal.WindowsPrincipal([Security.Principal.WindowsIdentity]::GetCurrent())
$isAdministrator = $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
New-Item -ItemType Directory -Path $place | Out-Null
# Otherwise an engine of an administrator refuses profiles that lie there, since others may write them.
if ($isAdministrator) { icacls.exe $place /inheritance:r /grant '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' | Out-Null }
$env:PROCSAVER_HOME = Join-Path $place 'home'
$env:LC_ALL = 'C'

function Say([string]$text) {
  Write-Host $text
  [void]$script:lines.Add($text)
}

# Runs procsaver to its end; its exit status is left in $script:status.
function Procsaver([string[]]$words) {
  # What it says on stderr is no error of PowerShell's.
  $ErrorActionPreference = 'Continue'
  $text = & $Program @words 2>&1 | Out-String
  $script:status = $LASTEXITCODE
  $text
}

function Status { Procsaver @('status', '--json', '--instance', 'try') | ConvertFrom-Json }

function ProcessOf([string]$name) {
  $group, $process = $name.Split('/')
  (Status).groups | Where-Object { $_.name -eq $group } | ForEach-Object { $_.processes } | Where-Object { $_.name -eq $process }
}

# Looks again and again until the block gives something; what it gave is returned.
function Until([string]$what, [scriptblock]$look, [int]$seconds = 30) {
  $deadline = (Get-Date).AddSeconds($seconds)
  while ($true) {
    $found = $null
    try { $found = & $look } catch { $found = $null }
    if ($found) { return $found }
    if ((Get-Date) -gt $deadline) { throw "waited $seconds s in vain for $what" }
    Start-Sleep -Milliseconds 200
  }
}

function Running([string]$name) {
  Until "$name running" {
    $process = ProcessOf $name
    if ($process.state -eq 'running' -and $process.instances.Count -gt 0) { $process.instances[0].pid }
  }
}

# Only what this script has had started: nobody else asks these addresses.
function EndPrograms {
  Get-CimInstance Win32_Process -Filter "Name='PING.EXE'" | Where-Object { $_.CommandLine -match '127\.77\.7\.' } |
    ForEach-Object { Stop-Process -Id $_.ProcessId -Force -ErrorAction SilentlyContinue }
}

function Must([bool]$holds, [string]$what) { if (-not $holds) { throw $what } }

function Case([string]$name, [scriptblock]$work) {
  $begin = Get-Date
  try {
    $seen = & $work
    $script:passed++
    Say ('passed  {0}  ({1:n1} s)  {2}' -f $name, ((Get-Date) - $begin).TotalSeconds, ("$seen".Trim() -replace '\s+', ' '))
  } catch {
    $script:failed++
    Say ('FAILED  {0}  {1}' -f $name, $_.Exception.Message)
  }
}

$os = Get-CimInstance Win32_OperatingSystem
Say "$($os.Caption) $($os.Version), $([Environment]::ProcessorCount) processors, administrator: $isAdministrator"

$ping = Join-Path $env:SystemRoot 'System32\PING.EXE'
$profileFile = Join-Path $place 'try.yaml'
@"
groups:
  try:
    processes:
      first:
        command: ['$ping', -t, 127.77.7.1]
        restart: { limit: 20, backoff: { initial: 10ms, max: 20ms } }
      second:
        command: ['$ping', -t, 127.77.7.2]
        dependsOn: { first: started }
"@ | Set-Content -Encoding UTF8 -Path $profileFile
$daemon = $null

try {
  Case 'version' { Procsaver @('version'); Must ($status -eq 0) "exit status $status" }
  Case 'check finds a profile good' { Procsaver @('check', $profileFile); Must ($status -eq 0) "exit status $status" }
  Case 'status without an engine ends with 5' { Procsaver @('status', '--instance', 'try') | Out-Null; Must ($status -eq 5) "exit status $status" }
  Case 'the daemon starts two programs in order' {
    $script:daemon = Start-Process -FilePath $Program -ArgumentList "--daemon --instance try --lang en `"$profileFile`"" -PassThru -WindowStyle Hidden
    "pids $(Running 'try/first'), $(Running 'try/second')"
  }
  Case 'a killed program is back; median of 10 times from the kill to the notice' {
    $times = 1..10 | ForEach-Object {
      $old = Running 'try/first'
      $at = (Get-Date).ToUniversalTime()
      Stop-Process -Id $old -Force
      Until 'another process' { $now = (ProcessOf 'try/first').instances[0].pid; if ($now -and $now -ne $old) { $now } } | Out-Null
      $down = Procsaver @('events', '--json', '--lines', '40', '--instance', 'try') -split "`n" | Where-Object { $_ -match '"process.down"' } | Select-Object -Last 1 | ConvertFrom-Json
      ([datetime]::Parse($down.at).ToUniversalTime() - $at).TotalMilliseconds
    } | Sort-Object
    "$([math]::Round($times[5], 1)) ms (the time of Stop-Process itself is in it)"
  }
  Case 'pause keeps it down, resume brings it back' {
    Procsaver @('pause', 'try/second', '--why', 'try', '--instance', 'try') | Out-Null
    $old = (ProcessOf 'try/second').instances[0].pid
    Stop-Process -Id $old -Force
    Start-Sleep -Seconds 2
    Must ((ProcessOf 'try/second').instances.Count -eq 0) 'it was started although it is paused'
    Procsaver @('resume', 'try/second', '--instance', 'try') | Out-Null
    "pid $(Running 'try/second')"
  }
  Case 'set changes a parameter' {
    Procsaver @('set', 'try/first', 'restart.limit=30', '--instance', 'try') | Out-Null
    Must ((ProcessOf 'try/first').restarts.limit -eq 30) 'the limit is not 30'
  }
  Case 'a minidump of a living program' {
    $said = Procsaver @('dump', 'try/first', '--kind', 'mini', '--instance', 'try')
    $dump = Get-ChildItem -Path $env:PROCSAVER_HOME -Recurse -Filter *.dmp | Select-Object -First 1
    Must ($null -ne $dump) "no dump: $said"
    $head = [Text.Encoding]::ASCII.GetString([IO.File]::ReadAllBytes($dump.FullName)[0..3])
    Must ($head -eq 'MDMP') "it begins with $head"
    "$($dump.Length) bytes"
  }
  Case 'stop asks before it kills' {
    Procsaver @('stop', 'try/second', '--instance', 'try') | Out-Null
    Until 'a stopped process' { (ProcessOf 'try/second').state -eq 'stopped' } | Out-Null
    (ProcessOf 'try/second').lastExit | ConvertTo-Json -Compress
  }
  Case 'children outlive a killed engine, and the next one adopts them' {
    $before = Running 'try/first'
    Stop-Process -Id $script:daemon.Id -Force
    Start-Sleep -Seconds 1
    Must ($null -ne (Get-Process -Id $before -ErrorAction SilentlyContinue)) 'the child died with the engine'
    $script:daemon = Start-Process -FilePath $Program -ArgumentList "--daemon --instance try --lang en `"$profileFile`"" -PassThru -WindowStyle Hidden
    Must ((Running 'try/first') -eq $before) 'another pid'
    "pid $before"
  }
  Case 'memory and CPU of the daemon at rest' {
    Start-Sleep -Seconds 10
    $one = Get-Process -Id $script:daemon.Id
    $cpu = $one.CPU
    Start-Sleep -Seconds 10
    $two = Get-Process -Id $script:daemon.Id
    '{0:n1} MB working set, {1:n1} MB private, {2:n2} % of a core' -f ($two.WorkingSet64 / 1MB), ($two.PrivateMemorySize64 / 1MB), (($two.CPU - $cpu) * 10)
  }
  Case 'shutdown ends the engine in order' { Procsaver @('shutdown', '--instance', 'try'); Must ($status -eq 0) "exit status $status" }
  EndPrograms

  if ($isAdministrator) {
    Case 'the print spooler, stopped by hand, is started again by its manager' {
      Must ((Get-Service Spooler).Status -eq 'Running') 'it does not run here: start it, or leave this case out'
      $services = Join-Path $place 'services.yaml'
      "groups:`n  try:`n    processes:`n      spooler: { service: Spooler }`n" | Set-Content -Encoding UTF8 -Path $services
      $script:daemon = Start-Process -FilePath $Program -ArgumentList "--daemon --instance try --lang en `"$services`"" -PassThru -WindowStyle Hidden
      $old = Running 'try/spooler'
      Stop-Service -Name Spooler -Force
      $begin = Get-Date
      $new = Until 'the spooler again' { $now = (ProcessOf 'try/spooler').instances[0].pid; if ($now -and $now -ne $old) { $now } }
      Procsaver @('shutdown', '--instance', 'try') | Out-Null
      "pid $new, back after $([math]::Round(((Get-Date) - $begin).TotalSeconds, 1)) s"
    }
    Case 'procsaver as a service: installed, started, paused, continued, killed and started again by Windows' {
      Procsaver @('service', 'install', $profileFile, '--instance', 'try', '--now') | Out-Null
      Must ($status -eq 0) "service install ended with $status"
      $child = Running 'try/first'
      Suspend-Service -Name procsaver-try
      (Get-Service procsaver-try).WaitForStatus('Paused', '00:00:20')
      Resume-Service -Name procsaver-try
      (Get-Service procsaver-try).WaitForStatus('Running', '00:00:20')
      $old = (Status).engine.pid
      Stop-Process -Id $old -Force
      Until 'the service again, by its failure actions' { $now = (Status).engine.pid; if ($now -and $now -ne $old) { $now } } 60 | Out-Null
      Must ((Running 'try/first') -eq $child) 'the child has another pid'
      "child $child"
    }
    Case 'the event log has the notices, with their texts' {
      $events = Get-WinEvent -FilterHashtable @{ LogName = 'Application'; ProviderName = 'procsaver' } -MaxEvents 50
      $started = $events | Where-Object { $_.Id -eq 100 } | Select-Object -First 1
      Must ($null -ne $started) 'there is no event 100'
      Must ($started.Message -match 'watches') "its text is: $($started.Message)"
      "$($events.Count) events"
    }
    Case 'the service stops, its child lives on, and it is uninstalled' {
      $child = Running 'try/first'
      Stop-Service -Name procsaver-try
      Must ($null -ne (Get-Process -Id $child -ErrorAction SilentlyContinue)) 'the child died with the service'
      Procsaver @('service', 'uninstall', '--instance', 'try') | Out-Null
      Must ($status -eq 0) "service uninstall ended with $status"
    }
  } else {
    Say 'left out  all cases with services: this PowerShell does not run as administrator'
  }
} finally {
  if ($script:daemon) { Stop-Process -Id $script:daemon.Id -Force -ErrorAction SilentlyContinue }
  if (Get-Service -Name procsaver-try -ErrorAction SilentlyContinue) {
    Stop-Service -Name procsaver-try -Force -ErrorAction SilentlyContinue
    sc.exe delete procsaver-try | Out-Null
  }
  EndPrograms
  Remove-Item -Recurse -Force -Path $place -ErrorAction SilentlyContinue
  Say "$passed passed, $failed failed"
  $lines | Set-Content -Encoding UTF8 -Path $report
  Write-Host "The report: $report"
}
if ($failed -gt 0) { exit 1 }
