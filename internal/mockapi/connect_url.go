// SPDX-License-Identifier: MPL-2.0

package mockapi

import "net/http"

// ConnectURLBehaviour holds the switches about connect URLs.
type ConnectURLBehaviour struct {
	// ByKey wants the API key and the account, as the quickstarts do, in place of
	// a session token (FACTS 4.25).
	ByKey bool
}

// hostedPage is where the URL of the hosted page begins (FACTS 1.1).
const hostedPage = "https://app.refold.ai/connect/"

// ConnectURL has the endpoints of FACTS 2.4.
func (o objects) ConnectURL() []endpoint {
	return []endpoint{
		{http.MethodPost, "/api/v2/public/connect-url", choose(o.behaviour.ConnectURL.ByKey, keyOnly, sessionOnly), (*Server).createConnectURL},
	}
}

// createConnectURL is POST /connect-url (FACTS 2.4). Any JSON is taken for the
// properties of the page.
func (s *Server) createConnectURL(c *call) (answer, error) {
	if _, err := c.fields(); err != nil {
		return answer{}, err
	}
	id, err := c.selectedAccount()
	if err != nil {
		return answer{}, err
	}
	if c.token != "" {
		return jsonAnswer(http.StatusOK, document{{"hosted_url", hostedPage + c.token}}), nil
	}
	stored := s.accounts(c.place).find(id, s.behaviour.Account.IDsIgnoreCase)
	if stored == nil {
		return answer{}, s.notFound(false, c.place, id)
	}
	issued := s.newestSession(c.place, stored.account.AccountID)
	if issued == nil {
		issued = s.issue(c.place, stored.account.AccountID)
	}
	return jsonAnswer(http.StatusOK, document{{"hosted_url", hostedPage + issued.token}}), nil
}
