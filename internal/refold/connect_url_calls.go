// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"
)

// ConnectPage is how the hosted connect page of an account is to look
// (FACTS 2.4). Fields that are empty are left out.
type ConnectPage struct {
	BaseColor       string `json:"base_color,omitempty"`
	ButtonColor     string `json:"button_color,omitempty"`
	Color           string `json:"color,omitempty"`
	BackgroundColor string `json:"bgColor,omitempty"`
	Name            string `json:"name,omitempty"`
	RedirectURL     string `json:"redirect_url,omitempty"`
	// ConfigID is the configuration that the page is for.
	ConfigID string `json:"-"`
}

// ConnectURL is the URL of a hosted connect page. It is a secret: the account's
// session token is part of it.
type ConnectURL struct {
	URL string
	// Expires is when the URL ends with its token, as of SessionToken. Zero where
	// the server does not say, or did not take the token.
	Expires time.Time
}

// CreateConnectURL returns the URL of Refold's hosted page, where the customer connects apps
// (FACTS 2.4). Its token is the one which CreateSessionToken returns without fresh, and errors are
// as of that. A URL of http is refused, unless the base URL is one too.
//
// The reference wants a session token, the quickstarts want the API key with the
// account (FACTS 4.25): the key is tried when the token is refused.
func (c *Client) CreateConnectURL(ctx context.Context, accountID string, page ConnectPage) (*ConnectURL, error) {
	token, err := c.CreateSessionToken(ctx, accountID, false)
	if err != nil {
		return nil, err
	}
	expires := token.Expires
	request := connectCall(accountID, page, token)
	received, err := write(ctx, c, request, accepted)
	if refusal, ok := errors.AsType[*Error](err); ok && refusal.Status == http.StatusUnauthorized {
		request.bearer = ""
		if byKey, failure := write(ctx, c, request, accepted); failure == nil {
			// The URL may hold another token.
			received, err, expires = byKey, nil, time.Time{}
		}
	}
	if err != nil {
		return nil, err
	}
	hosted, err := decodeConnectURL(received, c.base.Scheme)
	if err != nil {
		return nil, err
	}
	c.secrets.Add(hosted)
	return &ConnectURL{URL: hosted, Expires: expires}, nil
}

func connectCall(accountID string, page ConnectPage, token *SessionToken) call {
	request := selecting(accountID, call{
		method:       http.MethodPost,
		segments:     path{"api", "v2", "public", "connect-url"},
		body:         page,
		bearer:       token.Token,
		secrets:      []string{token.RefreshToken},
		keepsAccount: true,
		expectsJSON:  true,
		// It stores the same page under the same token once more.
		repeating: repeatable,
	})
	if page.ConfigID != "" {
		request.query.Set("config_id", page.ConfigID)
	}
	return request
}

// decodeConnectURL takes http only from a server of that scheme: the token in the
// URL would travel in the open.
func decodeConnectURL(received answer, scheme string) (string, error) {
	var wire struct {
		HostedURL any `json:"hosted_url"`
	}
	if json.Unmarshal(received.body, &wire) != nil {
		return "", unreadable(received, "no connect URL in JSON")
	}
	text, _ := wire.HostedURL.(string)
	if text == "" {
		return "", unreadable(received, "JSON without a hosted_url")
	}
	hosted, err := url.Parse(text)
	switch {
	case err != nil || hosted.Host == "" || (hosted.Scheme != "https" && hosted.Scheme != "http"):
		return "", unreadable(received, "a hosted_url that is no URL of a web page")
	case hosted.Scheme == "http" && scheme != "http":
		return "", unreadable(received, "a hosted_url of http instead of https")
	}
	return text, nil
}
