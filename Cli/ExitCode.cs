using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Operations;

namespace B24Otmechalka.Cli;

/// <summary>What the process tells its caller: a contract that scripts rely on, listed in <c>docs/operatoru.md</c>.</summary>
internal static class ExitCode
{
    /// <summary>The command did what it was asked; records with errors, or a spent time budget, are no failure of a run.</summary>
    public const int Done = 0;

    /// <summary>A defect.</summary>
    public const int Unexpected = 1;

    /// <summary>The command line, the settings or the mapping are wrong.</summary>
    public const int Configuration = 2;

    /// <summary>A CRM or the storage is unavailable.</summary>
    public const int Unavailable = 3;

    /// <summary>Another run of the job holds the lease.</summary>
    public const int Locked = 4;

    /// <summary>Cancelled by a signal.</summary>
    public const int Cancelled = 130;

    /// <summary>
    /// What a system that cannot be used comes to in every command but <c>doctor</c>: a webhook that Bitrix24 does not know is a wrong
    /// setting; any other refusal (rights, licence, otmechalka's key) may be over in the next round of <c>--watch</c>.
    /// </summary>
    public static int Of(UnavailableException error) => Reasons.IsWrongWebhook(error) ? Configuration : Unavailable;
}
