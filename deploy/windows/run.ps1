# Takes the settings, NAME=VALUE a line, into the environment and runs both jobs every five minutes until it is ended.
param([string] $Settings = 'C:\ProgramData\b24sync\settings.env')

$ErrorActionPreference = 'Stop'
foreach ($line in Get-Content $Settings -Encoding UTF8) {
    if ($line -match '^\s*([A-Za-z0-9_]+)=(.*)$') {
        [Environment]::SetEnvironmentVariable($Matches[1], $Matches[2].Trim(), 'Process')
    }
}

& "$PSScriptRoot\b24sync.exe" sync all --watch 5m
exit $LASTEXITCODE
