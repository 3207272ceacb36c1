using System.Globalization;
using B24Otmechalka.Sandbox.Azurite;
using Xunit;
using Xunit.Abstractions;

namespace B24Otmechalka.Core.Tests.Processes;

/// <summary>
/// A process that is killed at any moment loses nothing and does nothing twice (docs/spec.md, section 6): real processes of the command
/// line, SIGKILL, real HTTP, a real Azurite.
/// <para>
/// A moment is a request that comes or an answer that leaves, and up to some milliseconds after it, so that also writes to
/// the storage are hit; each kill hits a sync that has work before it, because a portal that is done is replaced by a new
/// one. <c>KILLS=50</c> makes it so many kills, and lets one lock run out by itself, in real time.
/// </para>
/// <para>
/// A killed run holds its lock for 60 seconds of the storage's time. That time is not waited for after each kill: the test
/// takes the owner out of the row, which is what a later run makes of a row that is too old, and changes nothing else. Before
/// the first time it checks that the lock does hold the next run off.
/// </para>
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int KillsInANormalRun = 6;

    /// <summary>A whole sync makes several times as many requests.</summary>
    private const int LatestRequest = 250;

    private static readonly TimeSpan LongestLock = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Sync_KilledAtRandomMoments_LosesNothingAndDoesNothingTwice()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("KILLS"), CultureInfo.InvariantCulture, out var asked)
            ? asked
            : KillsInANormalRun;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("KILL_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : Environment.TickCount;
        output.WriteLine($"{kills} kills, KILL_SEED={seed}");
        var random = new Random(seed);
        await using var azurite = await AzuriteProcess.StartAsync();
        var (killed, locked, schools) = (0, 0, 0);
        while (killed < kills)
        {
            await using var school = await School.OpenAsync(azurite.ConnectionString, $"School{++schools}");
            while (killed < kills && await KillAsync(school, random))
            {
                killed++;
                if (await school.IsLockedAsync())
                {
                    locked++;
                    await ExpireAsync(school, isChecked: locked == 1, isAwaited: locked == 1 && kills > KillsInANormalRun);
                }
            }

            await school.SettleAsync();
        }

        output.WriteLine($"{killed} kills in {schools} schools; {locked} of them left a lock behind");
        Assert.True(locked > 0, "no kill hit a run that held its lock");
    }

    /// <returns>Whether the run was killed; else it came to its end before.</returns>
    private async Task<bool> KillAsync(School school, Random random)
    {
        var (request, isCarriedOut, delay) = (
            random.Next(1, LatestRequest),
            random.Next(2) == 0,
            TimeSpan.FromMilliseconds(random.Next(3) == 0 ? 0 : random.Next(1, 40))
        );
        using var process = school.Start();
        var due = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Count(int number)
        {
            if (number >= request && due.TrySetResult() && delay == TimeSpan.Zero)
            {
                process.Kill();
            }
        }

        (school.Arrived, school.Answered) = (isCarriedOut ? null : Count, isCarriedOut ? Count : null);
        var end = process.EndAsync();
        if (await Task.WhenAny(due.Task, end) == due.Task)
        {
            await Task.Delay(delay, TimeProvider.System);
            process.Kill();
        }

        (school.Arrived, school.Answered) = (null, null);
        var (code, _, error) = await end;
        output.WriteLine(
            $"request {request}, {(isCarriedOut ? "carried out" : "on its way")}, {delay.TotalMilliseconds} ms later: code {code}"
        );
        Assert.True(code is 0 or 137, $"code {code}: {error}");
        return code == 137;
    }

    private async Task ExpireAsync(School school, bool isChecked, bool isAwaited)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var code = isChecked ? await CodeAsync(school) : 4;
        Assert.Equal(4, code);
        while (isAwaited && code == 4)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < LongestLock, "the lock did not free itself");
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
            code = await CodeAsync(school);
        }

        output.WriteLine(
            isAwaited
                ? $"the lock was free after {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:0} s"
                : "the lock's time is taken for over"
        );
        await school.LetLocksExpireAsync();
    }

    private static async Task<int> CodeAsync(School school)
    {
        using var process = school.Start();
        return (await process.EndAsync()).Code;
    }
}
