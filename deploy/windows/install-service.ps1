#Requires -RunAsAdministrator
<#
Registers both jobs as a task that Windows starts with the machine, under an account of its own rights, and starts again when it ends.
A console program is no Windows service by itself: the service manager would end it after thirty seconds. The task scheduler
needs nothing beside Windows. Set up as docs/svoy-server.md says; run again after an update. Remove: -Remove.
#>
param(
    [string] $Folder = 'C:\b24sync',
    [string] $Settings = 'C:\ProgramData\b24sync\settings.env',
    [switch] $Remove
)

$ErrorActionPreference = 'Stop'
$name = 'b24sync'
Get-ScheduledTask -TaskName $name -ErrorAction SilentlyContinue | ForEach-Object {
    Stop-ScheduledTask -TaskName $name
    Unregister-ScheduledTask -TaskName $name -Confirm:$false
}
if ($Remove) { return }

foreach ($file in "$Folder\b24sync.exe", $Settings) {
    if (-not (Test-Path $file)) { throw "$file is not there." }
}

# The settings hold the webhook and the key: the task's account and the administrators read them, nobody else.
icacls $Settings /inheritance:r /grant:r '*S-1-5-18:(R)' '*S-1-5-32-544:(F)' '*S-1-5-19:(R)' | Out-Null

$run = Join-Path $Folder 'run.ps1'
if ($PSScriptRoot -ne $Folder) { Copy-Item (Join-Path $PSScriptRoot 'run.ps1') $run -Force }
$action = New-ScheduledTaskAction -Execute 'powershell.exe' -WorkingDirectory $Folder `
    -Argument "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$run`" -Settings `"$Settings`""
$start = New-ScheduledTaskTrigger -AtStartup
$account = New-ScheduledTaskPrincipal -UserId 'NT AUTHORITY\LOCAL SERVICE' -LogonType ServiceAccount
$ways = New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew -ExecutionTimeLimit ([TimeSpan]::Zero) `
    -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) -StartWhenAvailable
Register-ScheduledTask -TaskName $name -Action $action -Trigger $start -Principal $account -Settings $ways `
    -Description 'Bitrix24 contacts and won deals to otmechalka, every five minutes' | Out-Null
Start-ScheduledTask -TaskName $name
