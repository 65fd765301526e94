// SPDX-License-Identifier: MPL-2.0

// Package redacttest is what tests of redaction share: the forms in which servers and libraries
// show what they were sent.
package redacttest

import (
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf16"
)

// Encoding is a form in which a text may be shown.
type Encoding struct {
	Name   string
	Encode func(string) string
}

// Encodings are the forms that can be within each other, in any order.
func Encodings() []Encoding {
	return []Encoding{
		{"as it is", func(text string) string { return text }},
		{"JSON by Go", jsonByGo},
		{"JSON by JavaScript", jsonByJavaScript},
		{"JSON by PHP", func(text string) string { return strings.ReplaceAll(jsonByJavaScript(text), "/", `\/`) }},
		{"JSON in ASCII", jsonInASCII},
		{"Go", func(text string) string { quoted := fmt.Sprintf("%q", text); return quoted[1 : len(quoted)-1] }},
		{"URL query", url.QueryEscape},
		{"URL path", url.PathEscape},
		{"encodeURIComponent", encodeURIComponent},
		{"percent, lower case", func(text string) string { return everyByte(text, "%%%02x") }},
		{"percent, mixed case", mixedPercent},
		{"percent, twice", func(text string) string { return url.QueryEscape(everyByte(text, "%%%02X")) }},
		{"HTML", html.EscapeString},
		{"HTML with names", htmlByName},
		{"HTML, decimal", func(text string) string { return everyRune(text, "&#%d;") }},
		{"HTML, hexadecimal", func(text string) string { return everyRune(text, "&#x%x;") }},
		{"base64", func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }},
		{"base64 without padding", func(text string) string { return base64.RawStdEncoding.EncodeToString([]byte(text)) }},
		{"base64url", func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }},
		{"base64 in lines", func(text string) string { return inLines(base64.StdEncoding.EncodeToString([]byte(text)), 19) }},
		{"Basic", func(text string) string {
			return "Basic " + base64.StdEncoding.EncodeToString([]byte("me:"+text))
		}},
		{"base32", func(text string) string {
			return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString([]byte(text))
		}},
		{"base32 in lower case", func(text string) string {
			return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString([]byte(text)))
		}},
		{"hex", func(text string) string { return hex.EncodeToString([]byte(text)) }},
		{"bytes by JavaScript", func(text string) string { return strings.ReplaceAll(bytesByGo(text), " ", ",") }},
		{"bytes by Go", bytesByGo},
		{"bytes in hex", func(text string) string { return everyByte(text, "0x%02x, ") }},
		{"octal", func(text string) string { return everyByte(text, `\%03o`) }},
		{"octal, four digits", func(text string) string { return everyByte(text, `\%04o`) }},
		{"braces", func(text string) string { return everyRune(text, `\x{%x}`) }},
		{"quoted-printable in lines", func(text string) string {
			return strings.ReplaceAll(inLines(everyByte(text, "=%02X"), 27), "\n", "=\n")
		}},
		{"code points in a list", func(text string) string { return everyRune(text, "%U,") }},
		{"quoted-printable", func(text string) string { return everyByte(text, "=%02X") }},
		{"code points", func(text string) string { return everyRune(text, "%U ") }},
		{"hex, upper case", func(text string) string { return strings.ToUpper(hex.EncodeToString([]byte(text))) }},
	}
}

// Distortions are forms that cannot be undone, and that only come first.
func Distortions() []Encoding {
	return []Encoding{
		{"as it is", func(text string) string { return text }},
		{"upper case", strings.ToUpper},
		{"lower case", strings.ToLower},
		{"white space between", func(text string) string { return between(text, " ") }},
		{"line breaks between", func(text string) string { return inLines(text, 3) }},
		{"nothing visible between", func(text string) string { return between(text, "\u200b") }},
		{"full width", fullWidth},
	}
}

func bytesByGo(text string) string { return fmt.Sprint([]byte(text)) }

func jsonByGo(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		return text
	}
	return string(quoted[1 : len(quoted)-1])
}

func jsonByJavaScript(text string) string {
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(jsonByGo(text))
}

func jsonInASCII(text string) string {
	var encoded strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&encoded, `\u%04x`, unit)
	}
	return encoded.String()
}

// encodeURIComponent is JavaScript's.
func encodeURIComponent(text string) string {
	return strings.NewReplacer("+", "%20", "%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*").Replace(url.QueryEscape(text))
}

func htmlByName(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;", "/", "&sol;", "=", "&equals;", "ä", "&auml;").Replace(text)
}

func mixedPercent(text string) string {
	var encoded strings.Builder
	for i, b := range []byte(text) {
		switch i % 3 {
		case 0:
			fmt.Fprintf(&encoded, "%%%02x", b)
		case 1:
			fmt.Fprintf(&encoded, "%%%02X", b)
		default:
			encoded.WriteString(url.PathEscape(string([]byte{b})))
		}
	}
	return encoded.String()
}

func everyByte(text, format string) string {
	var encoded strings.Builder
	for _, b := range []byte(text) {
		fmt.Fprintf(&encoded, format, b)
	}
	return encoded.String()
}

func everyRune(text, format string) string {
	var encoded strings.Builder
	for _, r := range text {
		fmt.Fprintf(&encoded, format, r)
	}
	return encoded.String()
}

func between(text, separator string) string {
	return strings.Join(strings.Split(text, ""), separator)
}

func inLines(text string, length int) string {
	var lines strings.Builder
	for i, r := range []rune(text) {
		if i > 0 && i%length == 0 {
			lines.WriteString("\n")
		}
		lines.WriteRune(r)
	}
	return lines.String()
}

// fullWidth writes ASCII in the characters of East Asian typography.
func fullWidth(text string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r <= unicode.MaxASCII && r != 0x7f {
			return r - '!' + '！'
		}
		return r
	}, text)
}
