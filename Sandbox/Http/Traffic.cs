namespace B24Otmechalka.Sandbox.Http;

/// <summary>What one CRM was asked for since the last reset. <paramref name="Requests"/> includes those that a fault met.</summary>
/// <param name="Commands">By name: the request's own, or those inside its batch.</param>
/// <param name="RateLimited">Answers with status 503.</param>
/// <param name="ServerTime">The server's emulated time.</param>
internal sealed record Traffic(int Requests, IReadOnlyDictionary<string, int> Commands, int RateLimited, int Faults, TimeSpan ServerTime)
{
    public int TotalCommands => Commands.Values.Sum();

    public int Of(string command) => Commands.GetValueOrDefault(command);
}
