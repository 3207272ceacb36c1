using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// Calls Bitrix24's REST through an inbound webhook: POST with a JSON body, HTTP/1.1, no redirects. Every call is safe to
/// repeat (reads, and status writes that set the same text), so all are retried.
/// </summary>
internal sealed class Bitrix24Client(HttpClient http, OperatingBudget budget)
{
    /// <summary>The most commands that one batch runs; further ones would fail one by one (docs/bitrix24.md, section 3).</summary>
    public const int MostCommands = 50;

    /// <summary>How long a method still pauses because its operating budget is spent.</summary>
    public TimeSpan PauseOf(string method) => budget.PauseOf(method);

    /// <summary>Calls one method.</summary>
    /// <exception cref="UnavailableException">The portal cannot be used now.</exception>
    public Task<Bitrix24Answer> CallAsync(Bitrix24Command command, CancellationToken cancellationToken) =>
        SendAsync(command, null, cancellationToken);

    /// <summary>
    /// Calls one method and reads its result below the retries: a reader that finds no such result is a failed read, tried again.
    /// </summary>
    /// <param name="command">The call.</param>
    /// <param name="read">Reads the result; it keeps no part of the answer and throws <see cref="FailedRead"/>.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>What was read, or the error that the call was refused with.</returns>
    /// <exception cref="UnavailableException">The portal cannot be used now.</exception>
    public async Task<(T? Value, Bitrix24Error? Error)> CallAsync<T>(
        Bitrix24Command command,
        Func<Bitrix24Answer, T> read,
        CancellationToken cancellationToken
    )
    {
        var value = default(T);
        var answer = await SendAsync(command, good => value = read(good), cancellationToken);
        return (value, answer.Error);
    }

    /// <summary>Calls one method whose refusal is a system-wide failure and no record's, and reads its result in the same way.</summary>
    /// <exception cref="UnavailableException">The portal cannot be used now, or refuses the call.</exception>
    public async Task<T> QueryAsync<T>(Bitrix24Command command, Func<Bitrix24Answer, T> read, CancellationToken cancellationToken)
    {
        var (value, error) = await CallAsync(command, read, cancellationToken);
        return error is null ? value! : throw Refused(command.Method, error);
    }

    private async Task<Bitrix24Answer> SendAsync(Bitrix24Command command, Action<Bitrix24Answer>? read, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, command.Method + ".json")
        {
            Content = new StringContent(command.Parameters.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        await budget.WaitAsync(command.Method, cancellationToken);
        request.Note(command.Method, repeatable: true).CancelWaitsWith(cancellationToken);
        if (read is not null)
        {
            Bitrix24Handler.ReadWith(request, read);
        }

        using var response = await http.SendAsync(request, cancellationToken);
        return Bitrix24Handler.AnswerOf(request);
    }

    /// <summary>
    /// Runs up to <see cref="MostCommands"/> commands one after another on the server, in one request. A command may refer
    /// to earlier ones by <c>$result[c0][…]</c>; their keys are <c>c0</c>, <c>c1</c>, ….
    /// </summary>
    /// <param name="commands">The commands.</param>
    /// <param name="read">Reads the answers below the retries, as for a single call.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="UnavailableException">The portal cannot be used now, or a command met a limit of the webhook itself.</exception>
    public async Task<T> BatchAsync<T>(
        IReadOnlyList<Bitrix24Command> commands,
        Func<BatchAnswer, T> read,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(commands.Count, MostCommands);
        foreach (var method in commands.Select(command => command.Method).Distinct())
        {
            await budget.WaitAsync(method, cancellationToken);
        }

        var list = new JsonObject();
        for (var i = 0; i < commands.Count; i++)
        {
            list[Key(i)] = commands[i].ToQuery();
        }

        var batch = new Bitrix24Command("batch", new JsonObject { ["halt"] = 0, ["cmd"] = list });
        return await QueryAsync(batch, answer => read(Read(answer, commands)), cancellationToken);
    }

    /// <summary>The error that ends the run when the portal refuses a call that concerns no single record.</summary>
    public static UnavailableException Refused(string method, Bitrix24Error error) =>
        new(RequestMeter.Bitrix24, $"{method}: {error.SafeCode}")
        {
            IsRefusal = error.Kind == Bitrix24ErrorKind.Authorization || error.IsAccessDenied || error.IsMethodUnknown,
        };

    /// <summary>
    /// An answer, or a part of it, that is not what the method answers: a failed read, tried again (docs/spec.md, section 6).
    /// </summary>
    public static UnavailableException FailedRead(string method, string what) =>
        new(RequestMeter.Bitrix24, $"{method}: {what}", isTransient: true);

    private static string Key(int index) => "c" + index.ToString(CultureInfo.InvariantCulture);

    private BatchAnswer Read(Bitrix24Answer answer, IReadOnlyList<Bitrix24Command> commands) =>
        new(
            [.. commands.Select((command, i) => Read(answer.Result, command.Method, i, commands.Count))],
            answer.PortalTime,
            answer.Took,
            answer.Bytes
        );

    private CommandAnswer Read(JsonElement batch, string method, int index, int count)
    {
        var key = Key(index);
        if (batch.Member("result_time").Member(key) is { ValueKind: JsonValueKind.Object } time)
        {
            budget.Note(method, AnswerTime.Of(time));
        }

        var failure = Pick(batch.Member("result_error"), key, index, count);
        if (failure.ValueKind != JsonValueKind.Undefined)
        {
            var error = Bitrix24Error.Read(failure, 0) ?? new Bitrix24Error(failure.Text() ?? "", "", 0);
            if (error.Kind == Bitrix24ErrorKind.OperatingLimit)
            {
                budget.Pause(method);
            }

            return error.Kind == Bitrix24ErrorKind.Authorization ? throw Refused(method, error) : new CommandAnswer(default, error);
        }

        var result = Pick(batch.Member("result"), key, index, count);
        return result.ValueKind == JsonValueKind.Undefined
            ? new CommandAnswer(default, Bitrix24Error.NoAnswer)
            : new CommandAnswer(result, null, Pick(batch.Member("result_total"), key, index, count).Count());
    }

    // PHP prints a map as a list when its keys are 0, 1, 2…. Ours never are: a list is only read where it is complete, so that
    // no answer can be taken for its neighbour's.
    private static JsonElement Pick(JsonElement map, string key, int index, int count) =>
        map.ValueKind switch
        {
            JsonValueKind.Array when map.GetArrayLength() == count => map[index],
            _ => map.Member(key),
        };
}
