// SPDX-License-Identifier: MPL-2.0

package careless

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Server is a little Refold that knows hooks, in the two environments of the mock's
// keys. It gives out the ids, so that creating twice makes two.
type Server struct {
	mutex sync.Mutex
	// hooks are by environment and id.
	hooks map[place]hook
	made  int
}

type place struct{ environment, id string }

// hook is an object of Server.
type hook struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Environment string `json:"environment"`
}

// NewServer makes a server without hooks.
func NewServer() *Server { return &Server{hooks: map[place]hook{}} }

// Count is how many hooks there are.
func (s *Server) Count() int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return len(s.hooks)
}

// Make makes a hook of the environment "test", and returns its id.
func (s *Server) Make(name string) string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.make(name, mockapi.EnvironmentTest).ID
}

// Rename renames all hooks.
func (s *Server) Rename(name string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for at, known := range s.hooks {
		known.Name = name
		s.hooks[at] = known
	}
}

// MakeElsewhere makes a hook of the id of ID in the environment "production".
func (s *Server) MakeElsewhere() {
	id := s.ID()
	s.mutex.Lock()
	defer s.mutex.Unlock()
	elsewhere := place{mockapi.EnvironmentProduction, id}
	s.hooks[elsewhere] = hook{ID: id, Name: "Another", Environment: elsewhere.environment}
}

// Remove removes all hooks.
func (s *Server) Remove() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	clear(s.hooks)
}

// ID is the id of the hook that was made first, of those that are left in the environment "test".
func (s *Server) ID() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for number := range s.made {
		if known, ok := s.hooks[place{mockapi.EnvironmentTest, idOf(number + 1)}]; ok {
			return known.ID
		}
	}
	return ""
}

func idOf(number int) string { return fmt.Sprintf("hook-%d", number) }

func (s *Server) make(name, environment string) hook {
	s.made++
	made := hook{ID: idOf(s.made), Name: name, Environment: environment}
	s.hooks[place{environment, made.ID}] = made
	return made
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	environment, ok := map[string]string{
		mockapi.TestKey: mockapi.EnvironmentTest, mockapi.ProductionKey: mockapi.EnvironmentProduction,
	}[r.Header.Get("X-Api-Key")]
	if !ok {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if r.URL.Path == "/scope" {
		answer(w, hook{Environment: environment})
		return
	}
	var sent hook
	_ = json.NewDecoder(r.Body).Decode(&sent) // not every request has a body
	if r.Method == http.MethodPost {
		answer(w, s.make(sent.Name, environment))
		return
	}
	at := place{environment, strings.TrimPrefix(r.URL.Path, "/hooks/")}
	known, ok := s.hooks[at]
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	switch r.Method {
	case http.MethodPut:
		known.Name = sent.Name
		s.hooks[at] = known
	case http.MethodDelete:
		delete(s.hooks, at)
	}
	answer(w, known)
}

func answer(w http.ResponseWriter, document hook) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(document) // a client that went away is not the server's business
}
