using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Otmechalka;

/// <summary>
/// Calls otmechalka's API (docs/spec.md, section 4.2). A create is sent once and never repeated by itself: when its answer does not come,
/// a search tells whether it was carried out.
/// </summary>
/// <param name="http">Through <see cref="OtmechalkaHandler"/> and <see cref="AttemptHandler"/>.</param>
/// <param name="secrets">
/// Masks what otmechalka echoes; without it nothing is masked, which is for those who show nothing of its answers.
/// </param>
internal sealed class OtmechalkaClient(HttpClient http, SecretMask? secrets = null)
{
    private readonly SecretMask mask = secrets ?? SecretMask.None;

    /// <summary>Searches the client by its external ID.</summary>
    /// <exception cref="UnavailableException">otmechalka cannot be used now.</exception>
    public Task<OtmechalkaAnswer> FindClientAsync(string originId, CancellationToken cancellationToken) =>
        FindAsync("clients", originId, cancellationToken);

    /// <summary>Searches the ticket by its external ID.</summary>
    /// <exception cref="UnavailableException">otmechalka cannot be used now.</exception>
    public Task<OtmechalkaAnswer> FindTicketAsync(string originId, CancellationToken cancellationToken) =>
        FindAsync("tickets", originId, cancellationToken);

    /// <summary>Searches the client and reads what otmechalka holds of it; no fields when it is not there.</summary>
    /// <exception cref="UnavailableException">otmechalka cannot be used now.</exception>
    public async Task<(OtmechalkaAnswer Answer, IReadOnlyList<ObjectField> Fields)> ReadClientAsync(
        string originId,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<ObjectField> fields = [];
        var answer = await SendAsync(
            HttpMethod.Get,
            $"api/clients/{Uri.EscapeDataString(originId)}/",
            originId,
            "clients.get",
            null,
            repeatable: true,
            cancellationToken,
            body => fields = ObjectFields.Read(body)
        );
        return (answer, [.. fields.Select(field => field with { Values = [.. field.Values.Select(mask.Apply)] })]);
    }

    /// <summary>Changes a client; it sets the same values when repeated.</summary>
    /// <exception cref="UnavailableException">otmechalka cannot be used now.</exception>
    public Task<OtmechalkaAnswer> UpdateClientAsync(Client client, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Post,
            $"api/clients/{Uri.EscapeDataString(client.OriginId)}/",
            client.OriginId,
            "clients.update",
            OtmechalkaJson.Serialize(client),
            repeatable: true,
            cancellationToken
        );

    /// <summary>Creates a client. Search before.</summary>
    /// <exception cref="UnavailableException">
    /// otmechalka cannot be used now; the client is not there as far as a search could tell.
    /// </exception>
    public Task<OtmechalkaAnswer> CreateClientAsync(Client client, CancellationToken cancellationToken) =>
        CreateAsync("clients", client.OriginId, OtmechalkaJson.Serialize(client), cancellationToken);

    /// <summary>Creates a ticket. Search before.</summary>
    /// <exception cref="UnavailableException">
    /// otmechalka cannot be used now; the ticket is not there as far as a search could tell.
    /// </exception>
    public Task<OtmechalkaAnswer> CreateTicketAsync(Ticket ticket, CancellationToken cancellationToken) =>
        CreateAsync("tickets", ticket.OriginId, OtmechalkaJson.Serialize(ticket), cancellationToken);

    private Task<OtmechalkaAnswer> FindAsync(string kind, string originId, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Get,
            $"api/{kind}/{Uri.EscapeDataString(originId)}/",
            originId,
            $"{kind}.get",
            null,
            repeatable: true,
            cancellationToken
        );

    private async Task<OtmechalkaAnswer> CreateAsync(string kind, string originId, byte[] body, CancellationToken cancellationToken)
    {
        OtmechalkaAnswer answer;
        UnavailableException? failure = null;
        try
        {
            answer = await SendAsync(
                HttpMethod.Post,
                $"api/{kind}/",
                originId,
                $"{kind}.create",
                body,
                repeatable: false,
                cancellationToken
            );
        }
        catch (UnavailableException error) when (error.IsUnclear)
        {
            failure = error;
            answer = new OtmechalkaAnswer(OtmechalkaVerdict.Unclear, Code: error.Code) { MayStillArrive = LateCreate.IsPossible(error) };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // there is no time to search
            return new OtmechalkaAnswer(OtmechalkaVerdict.Unclear, Code: "cancelled") { MayStillArrive = true };
        }

        if (answer.Verdict == OtmechalkaVerdict.Absent)
        {
            throw new UnavailableException(RequestMeter.Otmechalka, "HTTP 404 on creating"); // a wrong base address
        }

        if (answer.Verdict is not (OtmechalkaVerdict.Failed or OtmechalkaVerdict.Unclear))
        {
            return answer;
        }

        try
        {
            // Carried out all the same?
            var found = await FindAsync(kind, originId, cancellationToken);
            if (found.Verdict == OtmechalkaVerdict.Accepted)
            {
                return found;
            }
        }
        catch (Exception error) when (answer.MayStillArrive && error is (UnavailableException or OperationCanceledException))
        {
            return answer with { Failure = error as UnavailableException ?? failure };
        }

        return LateCreate.NotFound(answer, failure);
    }

    private async Task<OtmechalkaAnswer> SendAsync(
        HttpMethod method,
        string path,
        string originId,
        string name,
        byte[]? body,
        bool repeatable,
        CancellationToken cancellationToken,
        Action<string>? accepted = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") },
            };
        }

        request.Note(name, repeatable).CancelWaitsWith(cancellationToken);
        // The attempt has read the body; to wait for it here, too, would only copy it.
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return OtmechalkaAnswer.Absent;
        }

        var text = Encoding.UTF8.GetString(AnswerContent.BodyOf(response).Span); // whatever charset it claims
        if (response.IsSuccessStatusCode)
        {
            if (AnswerObject.WhyNot(text, originId) is { } reason)
            {
                throw new UnavailableException(RequestMeter.Otmechalka, reason, isUnclear: true);
            }

            accepted?.Invoke(text);
            return OtmechalkaAnswer.Accepted;
        }

        var status = (int)response.StatusCode;
        var code = $"HTTP {status.ToString(CultureInfo.InvariantCulture)}";
        var error = ErrorReader.Read(text);
        var message = mask.Apply(OtmechalkaTexts.Reason(error, code));
        return new OtmechalkaAnswer(status == 500 ? OtmechalkaVerdict.Failed : OtmechalkaVerdict.Refused, message, code)
        {
            Field = error.Field,
        };
    }
}
