using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Data;

namespace B24Otmechalka.Benchmarks.Work;

/// <summary>
/// The school's document taken literally: GET requests, lists page by page by <c>start</c>, and for each record a search, a
/// create, an update of its status, one after another. When the portal refuses a request, it is repeated after a second.
/// </summary>
internal sealed class LiteralDocument(WorkOrder order) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly HttpClient http = new();

    public void Dispose() => http.Dispose();

    public async Task<WorkResult> ReadAsync(CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>();
        await foreach (var card in ListAsync(cancellationToken))
        {
            ids.Add(card.Id);
        }

        return new WorkResult { Records = ids.Count };
    }

    public async Task<WorkResult> WriteAsync(CancellationToken cancellationToken)
    {
        var failures = new List<long>();
        for (var id = 1; id <= order.Records; id++)
        {
            if (!await UpdateAsync(id.ToString(CultureInfo.InvariantCulture), cancellationToken))
            {
                failures.Add(id);
            }
        }

        return new WorkResult { Records = order.Records, Failures = failures };
    }

    public async Task<WorkResult> SyncAsync(CancellationToken cancellationToken)
    {
        await using var product = new Product(order);
        var mapper = new ContactMapper(product.Settings.Contact);
        var handled = 0;
        await foreach (var card in ListAsync(cancellationToken))
        {
            var client = ((ReadyClient)mapper.Map(card)).Client;
            var path = await IsThereAsync(client.OriginId, cancellationToken) ? $"api/clients/{client.OriginId}/" : "api/clients/";
            using var body = new StringContent(
                Encoding.UTF8.GetString(OtmechalkaJson.Serialize(client)),
                Encoding.UTF8,
                "application/json"
            );
            using var request = Otmechalka(HttpMethod.Post, path);
            request.Content = body;
            using var answer = await http.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
            await UpdateAsync(client.OriginId, cancellationToken);
            handled++;
        }

        return new WorkResult { Records = handled };
    }

    private async IAsyncEnumerable<Card> ListAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string[] columns =
        [
            "ID",
            "DATE_CREATE",
            "DATE_MODIFY",
            SampleFields.Status,
            SampleFields.StudentLastName,
            SampleFields.StudentFirstName,
            SampleFields.Birthdate,
            SampleFields.Product,
            SampleFields.Branch,
            "PHONE",
            "EMAIL",
            "NAME",
            "LAST_NAME",
        ];
        // The upper bound keeps the records whose status has just been written out of the list's end.
        var now = Uri.EscapeDataString(EntityQueries.Format(TimeProvider.System.GetUtcNow().AddMinutes(-1)));
        var query =
            $"filter[>DATE_CREATE]=2020-12-20T00:00:00&filter[<=DATE_MODIFY]={now}&order[ID]=ASC&"
            + string.Join('&', columns.Select(column => "select[]=" + column));
        // Written statuses leave the filter, so the list is read whole before.
        var cards = new List<Card>();
        for (int? start = 0; start is not null; )
        {
            var answer = await GetAsync($"crm.contact.list.json?{query}&start={start}", cancellationToken);
            cards.AddRange(CardPage.Read(answer.GetProperty("result"))!.Readable);
            start = answer.TryGetProperty("next", out var next) ? next.GetInt32() : null;
        }

        foreach (var card in cards)
        {
            yield return card;
        }
    }

    private async Task<bool> UpdateAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(
            $"crm.contact.update.json?ID={id}&FIELDS[{SampleFields.Status}]={Uri.EscapeDataString(StatusLine.Success)}",
            cancellationToken
        );
        return !answer.TryGetProperty("error", out _);
    }

    private async Task<JsonElement> GetAsync(string call, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var answer = await http.GetAsync(new Uri(order.Crms.Webhook, call), cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                return JsonElement.Parse(text);
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    private async Task<bool> IsThereAsync(string id, CancellationToken cancellationToken)
    {
        using var request = Otmechalka(HttpMethod.Get, $"api/clients/{id}/");
        using var answer = await http.SendAsync(request, cancellationToken);
        return answer.IsSuccessStatusCode;
    }

    private HttpRequestMessage Otmechalka(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(order.Crms.Otmechalka, path));
        request.Headers.TryAddWithoutValidation("Authorization", "Token " + order.Crms.ApiKey);
        return request;
    }
}
