using System.Text.Json.Nodes;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;
using CsCheck;
using Xunit;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>
/// Whatever bytes come back from the portal's address: an answer, an error of the request's own, or
/// <see cref="Http.UnavailableException"/>. A reading of them always ends.
/// </summary>
public sealed class EnvelopeTests
{
    private static readonly Bitrix24Command Command = new("crm.contact.list", []);

    private static readonly Gen<string> List = Gen.Frequency(
        (6, JsonGen.List(RowGen.Contact)),
        (1, JsonGen.Map(RowGen.Contact)),
        (2, JsonGen.Any)
    );

    private static readonly Gen<CannedAnswer> ListAnswer = AnswerGen.Encoded(
        AnswerGen.Any(AnswerGen.Envelope(Gen.Frequency((3, List), (1, AnswerGen.Batch(List)))), 200)
    );

    [Fact]
    public void CallAsync_AnyAnswer_IsReadOrUnavailable() =>
        AnswerGen
            .Encoded(AnswerGen.Any(AnswerGen.Envelope(JsonGen.Any), 200, 400))
            .Sample(
                answer =>
                {
                    var read = Run(answer, bitrix24 => bitrix24.CallAsync(Command, CancellationToken.None));
                    if (read is not null)
                    {
                        Assert.InRange(read.Took ?? default, TimeSpan.Zero, TimeSpan.FromHours(1));
                        Assert.True(read.Error is null || read.Error.SafeCode.Length is > 0 and <= 60);
                        Assert.True(read.Total is null or >= 0, $"a total of {read.Total}");
                    }
                },
                iter: 6_000
            );

    [Fact]
    public void BatchAsync_AnyAnswer_GivesEachCommandItsOwnOrUnavailable() =>
        AnswerGen
            .Encoded(AnswerGen.Any(AnswerGen.Envelope(AnswerGen.Batch(JsonGen.Any)), 200))
            .Sample(
                answer =>
                {
                    _ = Run(answer, bitrix24 => bitrix24.BatchAsync([Command, Command, Command], Check, CancellationToken.None));

                    static BatchAnswer Check(BatchAnswer read)
                    {
                        Assert.Equal(3, read.Commands.Count);
                        Assert.All(
                            read.Commands,
                            command =>
                                Assert.True(
                                    command.Error is null != command.Result.ValueKind is System.Text.Json.JsonValueKind.Undefined,
                                    "both or neither"
                                )
                        );
                        Assert.All(read.Commands, command => Assert.True(command.Total is null or >= 0, $"a total of {command.Total}"));
                        return read;
                    }
                },
                iter: 6_000
            );

    [Fact]
    public void ReadAsync_AnyPages_GivesCardsOrUnavailableAndEnds() =>
        Gen.Select(ListAnswer.Array[1, 4], Gen.Frequency((12, Choice.Of(0, 49, 60)), (1, Gen.Const(2400))))
            .Sample(
                (answers, expected) =>
                {
                    var asked = 0;
                    _ = Run(
                        (_, _) => answers[Math.Min(asked++, answers.Length - 1)],
                        async bitrix24 =>
                        {
                            var reader = new WindowReader(bitrix24, FuzzSettings.ContactTable);
                            await foreach (
                                var portion in reader.ReadAsync(FuzzSettings.Settings.Sync.StartDate, expected, CancellationToken.None)
                            )
                            {
                                Assert.All(portion.Cards, card => Assert.True(FuzzSettings.ContactTable.IsEligible(card)));
                            }

                            return reader;
                        }
                    );
                },
                iter: 6_000
            );

    [Fact]
    public void WriteAsync_AnyAnswers_TellsOfEachTextWhatBecameOfIt()
    {
        var card = FuzzSettings.Contact;
        Gen.Select(
                AnswerGen.Any(AnswerGen.Envelope(AnswerGen.Batch(JsonGen.Field(JsonGen.Const("true", "false")))), 200, 400),
                Gen.Int[1, 3]
            )
            .Sample(
                (answer, texts) =>
                {
                    var rows = string.Join(
                        ',',
                        Enumerable
                            .Range(1, texts)
                            .Select(id =>
                                $$"""{"ID":"{{id}}","DATE_CREATE":"2020-12-22T11:06:11+03:00","DATE_MODIFY":"2020-12-24T10:19:34+03:00"}"""
                            )
                    );
                    var list = new CannedAnswer(200, System.Text.Encoding.UTF8.GetBytes($$"""{"result":[{{rows}}]}"""));
                    var owed = CardPage
                        .Read(Testing.TestCards.Json($"[{rows}]"))!
                        .Readable.Select(row => new StatusText(row.Id, row.ContentHash, "Успешно"))
                        .ToList();
                    var asked = 0;
                    var results = Run(
                        (_, _) => asked++ == 0 ? list : answer,
                        bitrix24 => new StatusWriter(bitrix24, FuzzSettings.ContactTable).WriteAsync(owed, CancellationToken.None)
                    );
                    Assert.True(results is null || results.Count == texts);
                },
                iter: 6_000
            );
    }

    [Fact]
    public void StatusFieldCheck_AnyAnswer_PassesOrNamesTheSetting() =>
        AnswerGen
            .Any(
                AnswerGen.Envelope(
                    JsonGen.Object(
                        (
                            "UF_CRM_SYNC_STATUS",
                            JsonGen.Field(
                                JsonGen.Object(
                                    ("type", JsonGen.Field(JsonGen.Const("\"string\"", "\"double\""))),
                                    ("isMultiple", JsonGen.Field(JsonGen.Const("true", "false")))
                                )
                            )
                        )
                    )
                ),
                200
            )
            .Sample(
                answer =>
                    Run(
                        answer,
                        async bitrix24 =>
                        {
                            try
                            {
                                await StatusFieldCheck.RunAsync(bitrix24, FuzzSettings.ContactJob, CancellationToken.None);
                            }
                            catch (ConfigurationException error)
                            {
                                Assert.Equal("Mapping__Contact__StatusField", Assert.Single(error.Problems).Setting);
                            }

                            return "";
                        }
                    ),
                iter: 4_000
            );

    private static T? Run<T>(CannedAnswer answer, Func<Bitrix24Client, Task<T>> act) => Run((_, _) => answer, act);

    private static T? Run<T>(Func<HttpRequestMessage, byte[], CannedAnswer> answers, Func<Bitrix24Client, Task<T>> act) =>
        CannedNetwork.GuardAsync(() => act(new CannedNetwork(answers).Bitrix24())).GetAwaiter().GetResult();
}
