namespace B24Otmechalka.Core.Otmechalka.Conformance;

/// <summary>
/// What can be learnt without writing: whether this is the API at all, and whether it asks for the key. What fails here would fail
/// everywhere, so the run goes on only where there is something to write to.
/// </summary>
internal sealed class FirstLook(Stand stand, Book book, Bodies bodies)
{
    /// <returns>Whether it makes sense to go on.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var nobody = bodies.OriginId("nobody");
        var path = Stand.PathOf("clients", nobody);
        var absent = await stand.FindAsync("clients", nobody, cancellationToken);
        var deviation = Judge.OfAbsence(absent);
        if (deviation == Deviations.Redirect && LosesItsSlash(absent))
        {
            deviation = Deviations.NoSlash;
        }
        else if (deviation == Deviations.AbsentIsPage || (deviation == Deviations.AbsentIsSuccess && !absent.IsObject))
        {
            // A server that knows nothing of the API answers 404, or its own page, to everything, with or without a key.
            var stranger = await AskAsync(path, null, cancellationToken);
            deviation = Judge.OfStranger(stranger) == Deviations.KeyIgnored ? Deviations.NotTheApi : deviation;
        }

        book.Note(Checks.ClientAbsent, deviation, absent);
        if (
            deviation == Deviations.NotTheApi
            || deviation == Deviations.Redirect
            || deviation == Deviations.NoSlash
            || deviation == Deviations.KeyRefused
        )
        {
            return false;
        }

        await StrangerAsync(Checks.KeyNone, path, null, cancellationToken);
        await StrangerAsync(Checks.KeyWrong, path, stand.WrongKey, cancellationToken);
        return true;
    }

    private async Task StrangerAsync(string check, string path, string? key, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(path, key, cancellationToken);
        book.Note(check, Judge.OfStranger(answer), answer);
    }

    private Task<Exchange> AskAsync(string path, string? key, CancellationToken cancellationToken) =>
        stand.AskAsync(new Question(HttpMethod.Get, path) { Key = key }, cancellationToken);

    private static bool LosesItsSlash(Exchange answer) =>
        answer.Location is { } location && location.Split('?')[0].EndsWith(answer.Question.Path.TrimEnd('/'), StringComparison.Ordinal);
}
