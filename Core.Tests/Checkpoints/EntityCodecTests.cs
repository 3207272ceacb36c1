using Azure.Data.Tables;
using B24Otmechalka.Core.Checkpoints;
using Xunit;

namespace B24Otmechalka.Core.Tests.Checkpoints;

public sealed class EntityCodecTests
{
    [Fact]
    public void ReadState_ColumnsOfOtherTypes_AreTakenForAbsent()
    {
        var state = EntityCodec.ReadState(
            new TableEntity("job", "!state")
            {
                ["Checkpoint"] = DateTimeOffset.UnixEpoch,
                ["Delivered"] = "7",
                ["Recent"] = "x",
                ["Rules"] = "abc",
            }
        );

        Assert.Equal((null, 0, 0, "abc"), (state.Checkpoint, state.Delivered, state.SeenVersions.Count, state.ConfigurationHash));
    }

    [Fact]
    public void ReadEntry_OutcomeOfANewerVersion_IsLookedAtAgain()
    {
        var entry = Assert.Single(
            EntityCodec.TryReadEntry(
                new TableEntity("job", "p-7")
                {
                    ["Outcome"] = "99",
                    ["Attempts"] = 2L,
                    ["StatusOwed"] = "true",
                    ["Code"] = 400,
                }
            )
        );

        Assert.Equal((RecordOutcome.Queued, 0, false, null), (entry.Outcome, entry.Attempts, entry.StatusOwed, entry.Code));
    }
}
