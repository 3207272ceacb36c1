using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Operations.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli.Setup;

/// <summary>
/// The steps that end in a system being reached: Bitrix24 with its fields, otmechalka with its IDs, the storage. Each is tried as
/// soon as it is answered, and asked for again when the trial fails.
/// </summary>
internal sealed class SystemSteps(Session session, Dialogue dialogue, Answers answers)
{
    private const string Webhook = "Bitrix24__WebhookUrl";
    private const string Address = "Otmechalka__BaseUrl";
    private const string Key = "Otmechalka__ApiKey";
    private const string Storage = "AzureWebJobsStorage";

    // Where the key is refused, the address need not be typed again.
    private readonly Dictionary<string, string?> lastAddress = [];

    /// <summary>Takes all the steps; each is tried even where an earlier one could not be ended.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(bool createsStatusFields, CancellationToken cancellationToken)
    {
        dialogue.Title(SetupStrings.Of("Bitrix24Title"));
        var code = await ReachAsync([Webhook], (questions, token) => questions.TryPortalAsync(token), cancellationToken);
        if (code == ExitCode.Done && answers.Examine().IsRight(Webhook))
        {
            await using var services = session.Build(answers.Examine().Known!);
            if (await services.GetRequiredService<SetupQuestions>().OwnerAsync(cancellationToken) is { Length: > 0 } owner)
            {
                dialogue.Say("  " + SetupStrings.Of("Owner", owner));
            }

            dialogue.Title(SetupStrings.Of("FieldsTitle"));
            await new FieldSteps(session, dialogue, answers).RunAsync(createsStatusFields, cancellationToken);
            dialogue.Title(SetupStrings.Of("StartTitle"));
            await new StartStep(session, dialogue, answers).RunAsync(cancellationToken);
        }

        dialogue.Title(SetupStrings.Of("OtmechalkaTitle"));
        code = Math.Max(
            code,
            await ReachAsync([Address, Key], (questions, token) => questions.TryOtmechalkaAsync(token), cancellationToken)
        );
        await new IdStep(dialogue, answers).RunAsync(cancellationToken);
        dialogue.Title(SetupStrings.Of("StorageTitle"));
        return Math.Max(code, await ReachAsync([Storage], (questions, token) => questions.TryStorageAsync(token), cancellationToken));
    }

    private async Task<int> ReachAsync(
        string[] settings,
        Func<SetupQuestions, CancellationToken, IAsyncEnumerable<Check>> examine,
        CancellationToken cancellationToken
    )
    {
        var asks = settings.Where(answers.MustAsk).ToList();
        while (true)
        {
            foreach (var setting in asks)
            {
                await AskAsync(setting, cancellationToken);
            }

            var examined = answers.Examine();
            if (examined.Known is not { } known || settings.Any(setting => !examined.IsRight(setting)))
            {
                return ExitCode.Configuration; // nobody answers: what is missing is listed at the end
            }

            var failure = await TryAsync(known, examine, cancellationToken);
            if (failure is null || (!asks.Contains(settings[0]) && !dialogue.IsOpen))
            {
                settings.ToList().ForEach(answers.Store);
            }

            if (failure is null)
            {
                return ExitCode.Done;
            }

            if (!dialogue.IsOpen || !await dialogue.ConfirmAsync(SetupStrings.Of("TryAgain"), true, cancellationToken))
            {
                settings.ToList().ForEach(answers.Store);
                return failure.IsUnreachable ? ExitCode.Unavailable : ExitCode.Configuration;
            }

            settings.ToList().ForEach(answers.Drop);
            asks = [.. settings];
        }
    }

    // Until it is right by itself; the systems are asked then.
    private async Task AskAsync(string setting, CancellationToken cancellationToken)
    {
        var proposal = setting == Storage ? "UseDevelopmentStorage=true" : lastAddress.GetValueOrDefault(setting);
        while (
            await dialogue.AskAsync(SetupStrings.Of($"Ask{setting}"), proposal, cancellationToken, setting is Webhook or Key) is { } answer
        )
        {
            if (answers.Try(setting, answer) is not { } problem)
            {
                lastAddress[Address] = setting == Address ? answer : lastAddress.GetValueOrDefault(Address);
                return;
            }

            dialogue.Say($"  {problem}", Tone.Bad);
            if (!dialogue.IsOpen)
            {
                return;
            }
        }
    }

    private async Task<Check?> TryAsync(
        Core.Configuration.Settings known,
        Func<SetupQuestions, CancellationToken, IAsyncEnumerable<Check>> examine,
        CancellationToken cancellationToken
    )
    {
        Check? failure = null;
        await using var services = session.Build(known);
        await foreach (var check in examine(services.GetRequiredService<SetupQuestions>(), cancellationToken))
        {
            dialogue.Say(check);
            failure ??= check.Result == CheckResult.Failure ? check : null;
        }

        return failure;
    }
}
