using System.Text.Json;
using StripeSandbox.Books;
using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>A writer that knows for whom, and out of which books, it writes.</summary>
internal readonly ref struct JsonOutput(Utf8JsonWriter json, IBookReader books, ApiVersion version, bool isPublishable)
{
    public Utf8JsonWriter Json => json;

    public IBookReader Books => books;

    public ApiVersion Version => version;

    /// <summary>Whether a publishable key asks: it sees less.</summary>
    public bool IsPublishable => isPublishable;

    /// <summary>The same writer, for objects of another version.</summary>
    public JsonOutput In(ApiVersion other) => new(json, books, other, isPublishable);

    public void Text(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
            json.WriteNull(name);
        else
            json.WriteString(name, value);
    }

    public void Number(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    public void Flag(ReadOnlySpan<byte> name, bool value) => json.WriteBoolean(name, value);

    public void Null(ReadOnlySpan<byte> name) => json.WriteNull(name);

    public void EmptyObject(ReadOnlySpan<byte> name)
    {
        json.WriteStartObject(name);
        json.WriteEndObject();
    }

    public void Texts(ReadOnlySpan<byte> name, IReadOnlyList<string>? values)
    {
        if (values is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    public void Map(ReadOnlySpan<byte> name, Metadata metadata)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in metadata.Entries)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    /// <summary>The id, or the object itself where <paramref name="expansion"/> asks for it.</summary>
    public void Reference<T>(ReadOnlySpan<byte> name, string? id, Expansion? expansion)
        where T : StripeObject
    {
        if (id is not null && expansion is not null && books.Find<T>(id) is { } value)
        {
            json.WritePropertyName(name);
            Object(value, expansion);
        }
        else
        {
            Text(name, id);
        }
    }

    public void Object(StripeObject value, Expansion expansion)
    {
        switch (value)
        {
            case PaymentIntent intent:
                PaymentIntentJson.Write(this, intent, expansion);
                break;
            case SetupIntent intent:
                SetupIntentJson.Write(this, intent, expansion);
                break;
            case SetupAttempt attempt:
                SetupAttemptJson.Write(this, attempt, expansion);
                break;
            case PaymentMethod method:
                PaymentMethodJson.Write(this, method, expansion);
                break;
            case Customer customer:
                CustomerJson.Write(this, customer, expansion);
                break;
            case Charge charge:
                ChargeJson.Write(this, charge, expansion);
                break;
            case Refund refund:
                RefundJson.Write(this, refund, expansion);
                break;
            case Dispute dispute:
                DisputeJson.Write(this, dispute, expansion);
                break;
            case EarlyFraudWarning warning:
                EarlyFraudWarningJson.Write(this, warning, expansion);
                break;
            case BalanceTransaction entry:
                BalanceTransactionJson.Write(this, entry, expansion);
                break;
            case Event happened:
                EventJson.Write(In(ApiVersion.Default), happened);
                break;
            case WebhookEndpoint endpoint:
                WebhookEndpointJson.Write(this, endpoint, includesSecret: false);
                break;
            default:
                throw new InvalidOperationException($"{value.GetType().Name} is not part of the API.");
        }
    }
}
