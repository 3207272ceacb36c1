using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Bitrix24;

public sealed class OperatingBudgetTests
{
    private const string Method = "crm.contact.list";

    private readonly VirtualTime time = new(World.Start);

    [Fact]
    public void PauseOf_AMethodThatWasNeverRefused_IsZero()
    {
        var budget = new OperatingBudget(time);
        budget.Note(Method, Resets(TimeSpan.FromMinutes(3)));

        Assert.Equal(TimeSpan.Zero, budget.PauseOf(Method));
    }

    [Theory]
    [InlineData(180, 181)] // the second after its reset
    [InlineData(2, 10)] // never shorter than ten seconds
    [InlineData(-5, 60)] // a reset that is over tells nothing
    [InlineData(null, 60)]
    public void Pause_LastsUntilTheReset_AsFarAsThatIsKnown(int? untilReset, int pause)
    {
        var budget = new OperatingBudget(time);
        budget.Note(Method, untilReset is { } seconds ? Resets(TimeSpan.FromSeconds(seconds)) : null);

        budget.Pause(Method);

        Assert.Equal(TimeSpan.FromSeconds(pause), budget.PauseOf(Method));
        Assert.Equal(TimeSpan.Zero, budget.PauseOf("crm.deal.list"));
        time.Advance(TimeSpan.FromSeconds(pause));
        Assert.Equal(TimeSpan.Zero, budget.PauseOf(Method));
    }

    private static AnswerTime Resets(TimeSpan untilReset) => new(null, null, untilReset);
}
