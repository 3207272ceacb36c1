using System.Text.Json;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>What became of one status text.</summary>
internal enum StatusWriteResult
{
    /// <summary>B24 has taken it.</summary>
    Written,

    /// <summary>The field holds it already: nothing was written.</summary>
    Held,

    /// <summary>The card has changed since it was read: nothing was written; it has to be looked at again.</summary>
    Changed,

    /// <summary>B24 does not show the card, or says that there is none.</summary>
    Missing,

    /// <summary>The card is not eligible any more: it is left alone.</summary>
    NotEligible,

    /// <summary>B24 refuses to write this card.</summary>
    Denied,

    /// <summary>Nothing was tried, because the method's operating budget is spent.</summary>
    Postponed,
}

/// <summary>A text for a card's status field. It waits in a queue, so it holds no card.</summary>
/// <param name="CardId">The card's ID.</param>
/// <param name="ContentHash">The card's <see cref="Card.ContentHash"/> when the text was made.</param>
/// <param name="Text">The text.</param>
internal sealed record StatusText(string CardId, string ContentHash, string Text);

/// <summary>
/// Writes status texts, up to fifty in a request. The cards are read again directly before: one that a person has changed
/// meanwhile is left alone, and a field that holds the text already is not written (docs/spec.md, section 6, invariant 4).
/// </summary>
internal sealed class StatusWriter(Bitrix24Client client, EntityQueries table)
{
    private static readonly WriteAnswer OperatingLimit = new(null, new Bitrix24Error("OPERATION_TIME_LIMIT", "", 429));

    private readonly CardLookup lookup = new(client, table);

    /// <summary>Writes the texts; the results come in the same order.</summary>
    /// <param name="texts">At most <see cref="Bitrix24Client.MostCommands"/>, of different cards.</param>
    /// <param name="cancellationToken">Ends the writing; what is written stays written.</param>
    /// <exception cref="UnavailableException">The portal cannot be used now.</exception>
    public async Task<IReadOnlyList<(StatusWriteResult Result, string? Code)>> WriteAsync(
        IReadOnlyList<StatusText> texts,
        CancellationToken cancellationToken
    )
    {
        if (client.PauseOf(table.UpdateMethod) > TimeSpan.Zero || client.PauseOf(table.ListMethod) > RetryPolicies.LongestWait)
        {
            return [.. texts.Select(_ => (StatusWriteResult.Postponed, (string?)null))];
        }

        var found = await lookup.ReadAsync([.. texts.Select(text => text.CardId)], cancellationToken);
        // Those that are to be written get their result below.
        var results = texts.Select(text => WithoutWriting(text, found) ?? default).ToArray();
        var due = Enumerable.Range(0, texts.Count).Where(i => WithoutWriting(texts[i], found) is null).ToList();

        // A text of ours that looks like a reference would be expanded inside a batch (docs/bitrix24.md, section 9): it goes alone.
        foreach (var group in due.GroupBy(i => due.Count == 1 || Bitrix24Command.LooksLikeReference(texts[i].Text) ? i : -1))
        {
            await SendAsync([.. group], group.Key >= 0);
        }

        return results;

        async Task SendAsync(List<int> indexes, bool alone)
        {
            var commands = indexes.ConvertAll(i => table.WriteStatus(texts[i].CardId, texts[i].Text));
            var answers = alone ? [await OneAsync(commands[0], cancellationToken)] : await ManyAsync(commands, cancellationToken);
            for (var i = 0; i < indexes.Count; i++)
            {
                results[indexes[i]] = Result(answers[i]);
            }
        }
    }

    /// <summary>
    /// What becomes of a text that need not or must not be written, by a look at the card; <see langword="null"/> when it is to be written.
    /// </summary>
    private (StatusWriteResult, string?)? WithoutWriting(StatusText text, FoundCards found)
    {
        if (found.Eligible.FirstOrDefault(card => card.Id == text.CardId) is { } card)
        {
            StatusWriteResult? known =
                card.Text(table.StatusField) == text.Text ? StatusWriteResult.Held
                : card.ContentHash != text.ContentHash ? StatusWriteResult.Changed
                : null;
            return known is { } result ? (result, null) : null;
        }

        return found.Unread.Contains(text.CardId)
            ? (StatusWriteResult.Denied, "UNREADABLE_CARD") // it may be this card: its text stays owed
            : (found.Missing.Contains(text.CardId) ? StatusWriteResult.Missing : StatusWriteResult.NotEligible, null);
    }

    private async Task<WriteAnswer> OneAsync(Bitrix24Command command, CancellationToken cancellationToken)
    {
        try
        {
            var (taken, error) = await client.CallAsync(command, answer => IsTaken(answer.Result), cancellationToken);
            return new WriteAnswer(taken, error);
        }
        catch (UnavailableException) when (client.PauseOf(command.Method) > TimeSpan.Zero)
        {
            return OperatingLimit;
        }
    }

    // A batch that takes longer than the portal allows, also when it was repeated, is halved: its commands run one after another, and the
    // front end cuts it off with a 504 (docs/bitrix24.md, sections 1 and 3).
    private async Task<IReadOnlyList<WriteAnswer>> ManyAsync(List<Bitrix24Command> commands, CancellationToken cancellationToken)
    {
        try
        {
            return await client.BatchAsync(commands, Read, cancellationToken);
        }
        catch (UnavailableException error) when ((error.IsTimeout || error.Code == "HTTP 504") && commands.Count > 1)
        {
            var half = commands.Count / 2;
            return [.. await ManyAsync(commands[..half], cancellationToken), .. await ManyAsync(commands[half..], cancellationToken)];
        }
        catch (UnavailableException) when (client.PauseOf(table.UpdateMethod) > TimeSpan.Zero)
        {
            return commands.ConvertAll(_ => OperatingLimit); // spent by the batch beside this one
        }
    }

    // An answer to none of them is a failed call, tried again: the same text may be written twice.
    private static List<WriteAnswer> Read(BatchAnswer batch) =>
        batch.Commands.All(command => command.Error == Bitrix24Error.NoAnswer)
            ? throw Bitrix24Client.FailedRead("batch", "an answer to none of its commands")
            : [.. batch.Commands.Select(command => new WriteAnswer(IsTaken(command.Result), command.Error))];

    private static bool? IsTaken(JsonElement result) =>
        result.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number or JsonValueKind.String when result.Text() is "1" or "Y" or "true" => true,
            _ => null,
        };

    // What is not known to be taken stays owed.
    private static (StatusWriteResult, string?) Result(WriteAnswer answer) =>
        answer switch
        {
            { Error.Kind: Bitrix24ErrorKind.OperatingLimit } => (StatusWriteResult.Postponed, null),
            { Error.IsNotFound: true } => (StatusWriteResult.Missing, null),
            { Error: { } error } => (StatusWriteResult.Denied, error.SafeCode),
            { IsTaken: true } => (StatusWriteResult.Written, null),
            { IsTaken: false } => (StatusWriteResult.Denied, "result false"),
            _ => (StatusWriteResult.Denied, Bitrix24Error.OddAnswer.SafeCode),
        };

    /// <summary>What B24 said to one write; neither where it said something else.</summary>
    private readonly record struct WriteAnswer(bool? IsTaken, Bitrix24Error? Error);
}
