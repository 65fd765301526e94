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
	hooks map[string]hook
	made  int
}

// hook is an object of Server.
type hook struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Environment string `json:"environment"`
}

// NewServer makes a server without hooks.
func NewServer() *Server { return &Server{hooks: map[string]hook{}} }

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
	for id, known := range s.hooks {
		known.Name = name
		s.hooks[id] = known
	}
}

// Remove removes all hooks.
func (s *Server) Remove() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	clear(s.hooks)
}

// ID is the id of a hook that was made, and of the one that was made first if several were.
func (s *Server) ID() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for number := range s.made {
		if known, ok := s.hooks[idOf(number+1)]; ok {
			return known.ID
		}
	}
	return ""
}

func idOf(number int) string { return fmt.Sprintf("hook-%d", number) }

func (s *Server) make(name, environment string) hook {
	s.made++
	made := hook{ID: idOf(s.made), Name: name, Environment: environment}
	s.hooks[made.ID] = made
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
	known, ok := s.hooks[strings.TrimPrefix(r.URL.Path, "/hooks/")]
	if !ok || known.Environment != environment {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	switch r.Method {
	case http.MethodPut:
		known.Name = sent.Name
		s.hooks[known.ID] = known
	case http.MethodDelete:
		delete(s.hooks, known.ID)
	}
	answer(w, known)
}

func answer(w http.ResponseWriter, document hook) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(document) // a client that went away is not the server's business
}
