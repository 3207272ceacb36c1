using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;
using CsCheck;
using Xunit;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>
/// Whatever otmechalka answers: the client is delivered, refused with a readable line, unclear, or otmechalka is unavailable; and only
/// valid bodies were sent.
/// </summary>
public sealed class OtmechalkaAnswerTests
{
    private static readonly Gen<string> Message = Gen.OneOf(
        JsonGen.Text,
        JsonGen.Const("\"Обязательное поле.\"", "\"Клиент с таким телефоном уже есть\"", "\"limit of 5000 clients\"")
    );

    private static readonly Gen<string> Messages = Gen.OneOf(
        JsonGen.Map(
            JsonGen.Const("phone", "detail", "errors", "non_field_errors", "birthdate", "\\ud800"),
            Gen.OneOf(Message, JsonGen.List(Message), JsonGen.Any)
        ),
        JsonGen.List(Message),
        Message,
        JsonGen.Any
    );

    private static readonly Gen<CannedAnswer> Answer = Gen.OneOf(
        AnswerGen.Any(Messages, 400, 500, 409),
        AnswerGen.Any(Messages, 404),
        AnswerGen.Any(
            JsonGen.Object(("id", JsonGen.Number), ("origin_id", Gen.OneOf(JsonGen.Text, JsonGen.Const("39558", "\"39558\"")))),
            200,
            201
        )
    );

    private static readonly Gen<CannedAnswer> False = Gen.Select(
        FalseSuccess.Any,
        Choice.Of(200, 201),
        Gen.Bool,
        (body, status, isMarked) =>
            new CannedAnswer(status, System.Text.Encoding.UTF8.GetBytes((isMarked ? "\ufeff" : "") + body.Of("39558")))
    );

    [Fact]
    public void DeliverAsync_AnyAnswers_IsDeliveredOrReadableAndOnlyValidBodiesAreSent() =>
        Gen.Select(Answer.Array[1, 4], Gen.Bool)
            .Sample(
                (answers, isKnown) =>
                {
                    var asked = 0;
                    string? last = null;
                    using var network = new CannedNetwork(
                        (request, sent) =>
                        {
                            var isCreate = request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath == "/api/clients/";
                            Assert.True(!isCreate || last == "GET", "a create without a search before it");
                            last = request.Method.Method;
                            if (request.Method == HttpMethod.Post)
                            {
                                PayloadRules.CheckClient(sent);
                            }

                            return answers[Math.Min(asked++, answers.Length - 1)];
                        }
                    );
                    var settings = FuzzSettings.Settings;
                    var job = new ContactJob(network.Otmechalka(), settings.Contact, settings.Sync, settings.Otmechalka.Timeout);
                    var delivery = CannedNetwork
                        .GuardAsync(() => job.DeliverAsync(FuzzSettings.Client, isKnown, CancellationToken.None))
                        .GetAwaiter()
                        .GetResult();
                    if (delivery is { Outcome: not RecordOutcome.Delivered })
                    {
                        ReadableText.CheckLine(delivery.Status!);
                        ReadableText.CheckEnd(delivery.Status!);
                        Assert.DoesNotContain(CannedNetwork.Secret, delivery.Status!, StringComparison.Ordinal);
                        Assert.InRange(delivery.Code!.Length, 1, 60);
                    }
                },
                iter: 7_000
            );

    [Fact]
    public void AnyCall_OnlyFalseSuccesses_NeverAccepts() =>
        False.Sample(
            answer =>
            {
                var client = FuzzSettings.Client.Client;
                var ticket = new Ticket
                {
                    OriginId = "39558",
                    ClientOriginId = "1",
                    TicketType = "x",
                    PriceInitial = "1.00",
                    Discount = "0.00",
                    PriceFinal = "1.00",
                    SellingDate = "2020-12-13",
                    SellingBranchOffice = "1",
                    Employee = "x",
                    PaymentMethod = "CASH",
                };
                foreach (
                    var call in new Func<OtmechalkaClient, Task<OtmechalkaAnswer>>[]
                    {
                        otmechalka => otmechalka.FindClientAsync("39558", CancellationToken.None),
                        otmechalka => otmechalka.FindTicketAsync("39558", CancellationToken.None),
                        otmechalka => otmechalka.UpdateClientAsync(client, CancellationToken.None),
                        otmechalka => otmechalka.CreateClientAsync(client, CancellationToken.None),
                        otmechalka => otmechalka.CreateTicketAsync(ticket, CancellationToken.None),
                        async otmechalka => (await otmechalka.ReadClientAsync("39558", CancellationToken.None)).Answer,
                    }
                )
                {
                    using var network = new CannedNetwork((_, _) => answer);
                    var verdict = CannedNetwork.GuardAsync(() => call(network.Otmechalka())).GetAwaiter().GetResult()?.Verdict;
                    Assert.True(verdict is null or OtmechalkaVerdict.Unclear, $"{verdict} for {answer}");
                }
            },
            iter: 3_000
        );

    [Fact]
    public void ReadClientAsync_AnyAnswer_GivesFieldsThatCanBeCompared() =>
        Answer.Sample(
            answer =>
            {
                using var network = new CannedNetwork((_, _) => answer);
                var read = CannedNetwork
                    .GuardAsync(async () => (await network.Otmechalka().ReadClientAsync("17", CancellationToken.None)).Fields)
                    .GetAwaiter()
                    .GetResult();
                Assert.NotNull(ObjectFields.Compare(ObjectFields.Of(FuzzSettings.Client.Client), read ?? []));
            },
            iter: 3_000
        );

    [Fact]
    public void Of_AnyText_IsOneLineThatFits() =>
        JsonGen
            .Text.Array[0, 4]
            .Sample(
                texts =>
                {
                    var text = string.Concat(texts.Select(ReadOrNothing));
                    ReadableText.CheckLine(StatusLine.Of(DeliveryTexts.Refused + "x" + text));
                },
                iter: 5_000
            );

    private static string ReadOrNothing(string json)
    {
        try
        {
            return Testing.TestCards.Json(json).GetString()!;
        }
        catch (InvalidOperationException)
        {
            return ""; // the readers of both CRMs never give half a character
        }
    }
}
